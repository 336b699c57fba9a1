import type { World } from '../world.ts'
import type { Begin, FaultKind } from './fault-kind.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const JUMPS_MS = [10 * MINUTE_MS, HOUR_MS, DAY_MS, 30 * DAY_MS, 400 * DAY_MS] as const

// Beside the faults of the process itself, which may be killed, and started again, while its clock is wrong.
const of = (part: string) => ({
  targetsOf: (world: World) => world.processes.map((process) => `${process}'s ${part}`),
  processOf: (target: string) => target.slice(0, -`'s ${part}`.length),
})
const clock = of('clock')
const log = of('log')

const clockJumps: Begin = async (world, target, random) => {
  const shift = (shiftMs: number) => world.trouble(clock.processOf(target), { shiftMs })
  await shift(random.pick(JUMPS_MS) * random.pick([1, -1] as const))
  return async () => {
    await shift(0)
    return undefined
  }
}

const logUnread: Begin = async (world, target) => {
  const readAgain = world.ignoreOutput(log.processOf(target))
  return async () => {
    readAgain()
    return undefined
  }
}

/** What happens to the machine around a process. */
export const HOST_FAULTS: readonly FaultKind[] = [
  { kind: 'clock jumps', targetsOf: clock.targetsOf, longestMs: 20_000, weight: 6, begin: clockJumps },
  { kind: 'log pipe full', targetsOf: log.targetsOf, longestMs: 30_000, weight: 5, begin: logUnread },
]
