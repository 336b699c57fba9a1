import type { Random } from '../../simulation/random.ts'
import type { World } from '../world.ts'

/** Puts a fault in; what comes back ends it, and resolves with what was seen to be wrong with the end, if anything. */
export type Begin = (
  world: World,
  target: string,
  random: Random,
) => Promise<() => Promise<string | undefined>>

/** A kind of fault: where it can be put in, how long it lasts at most, and how often it is chosen beside others. */
export type FaultKind = {
  kind: string
  targetsOf(world: World): readonly string[]
  longestMs: number
  weight: number
  begin: Begin
}
