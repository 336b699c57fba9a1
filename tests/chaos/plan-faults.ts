import type { Random } from '../simulation/random.ts'
import { FAULT_KINDS, type FaultKind } from './faults/index.ts'
import type { World } from './world.ts'

/** One fault of a run, in milliseconds since its start. */
export type PlannedFault = { kind: FaultKind; target: string; fromMs: number; untilMs: number }

// The mean gap is 5 s and the mean length about 8 s, so one or two are there at any moment.
const GAP_MS = [2_000, 8_000] as const
const SHORTEST_MS = 500

const choose = (random: Random, kinds: readonly FaultKind[]): FaultKind | undefined => {
  let left = random.next() * kinds.reduce((sum, { weight }) => sum + weight, 0)
  return kinds.find(({ weight }) => (left -= weight) < 0)
}

/**
 * What goes wrong when in a run of `forMs`: the same for the same seed. No place has two faults at once, but any number of
 * places may.
 */
export const planFaults = (random: Random, world: World, forMs: number): PlannedFault[] => {
  const possible = FAULT_KINDS.filter((kind) => kind.targetsOf(world).length > 0)
  const planned: PlannedFault[] = []
  let fromMs = random.between(...GAP_MS)
  while (fromMs < forMs) {
    const kind = choose(random, possible)
    const targets = kind?.targetsOf(world) ?? []
    const target = targets[Math.floor(random.next() * targets.length)]
    const untilMs = Math.min(forMs, fromMs + random.between(SHORTEST_MS, kind?.longestMs ?? SHORTEST_MS))
    const isFree = !planned.some((other) => other.target === target && other.untilMs + SHORTEST_MS > fromMs)
    if (kind && target !== undefined && isFree) planned.push({ kind, target, fromMs, untilMs })
    fromMs += random.between(...GAP_MS)
  }
  return planned
}
