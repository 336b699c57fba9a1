export { run } from './run.ts'
export type { SweeperOpeners } from './run.ts'
