import { hasPart, type Part } from './parts.ts'

/** Jest's own, or what reports every test of it as skipped. */
export type Needed = { test: jest.It; describe: jest.Describe }

/**
 * `test` and `describe` for tests that need parts which not every machine has: where one is missing they are Jest's `skip`,
 * so that the tests count as skipped and never as passed. Hooks of a file or of a block that is skipped as a whole do not run.
 * With CI=true nothing is skipped: the preflight of `npm test` has failed before, and a single run fails here.
 */
export const needs = (...parts: readonly Part[]): Needed => {
  const missing = parts.filter((part) => !hasPart(part))
  if (missing.length === 0) return { test, describe }
  if (process.env['CI'] === 'true')
    throw new Error(
      `Missing on this machine: ${missing.join(', ')}. "npm run preflight" says how to get them.`,
    )
  return { test: test.skip, describe: describe.skip }
}
