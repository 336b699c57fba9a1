/** What sees a mutant: one test of one file, or one seed of the simulation. */
export type Watch = { file: string; test: string } | { seed: number }

/** A defect put into the core on purpose, as an exact replacement of text, and what must see it. */
export type Mutant = { name: string; file: string; from: string; to: string; watch: Watch }

export const CORE = 'packages/core/src'
/** A test beside its source. */
export const unit = (file: string, test: string): Watch => ({ file: `${CORE}/${file}.unit.test.ts`, test })
/** A test of the core over the engine in memory. */
export const inMemory = (file: string, test: string): Watch => ({
  file: `packages/core/test/${file}.unit.test.ts`,
  test,
})
