export { startKeeper } from './keeper.ts'
export type { Keeper, Started, Starters } from './keeper.ts'
export { STARTERS } from './starters.ts'
