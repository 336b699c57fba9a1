import type { Random } from './random.ts'
import type { World } from './world.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const YEAR = 365 * DAY

/** What the clock does in a run; in most it is right. */
type ClockFault = 'right' | 'drifts' | 'ahead' | 'behind' | 'there-and-back'

const drawFault = (random: Random): ClockFault => {
  if (random.chance(0.7)) return 'right'
  return random.pick(['drifts', 'ahead', 'behind', 'there-and-back'])
}

/**
 * Jumps of the wall clock: by minutes, which stay; by a day or a year, ahead or behind, and right again; or ahead and behind
 * one after the other. Half of the jumps come with a restart of the processes that sweep, as a machine does that boots with a
 * wrong clock. No plan that was made meanwhile may hold anything back.
 */
export const scheduleClockJumps = ({ scheduler, random, restart }: World, untilMs: number): void => {
  const fault = drawFault(random)
  if (fault === 'right') return
  const jumpAt = (at: number, ms: number) => {
    const restarts = random.chance(0.5)
    scheduler.at(at, () => {
      scheduler.jump(ms)
      if (restarts) restart()
    })
  }
  const from = random.between(0, untilMs)
  const lasts = () => random.between(0, 5 * MINUTE)
  if (fault === 'drifts') return jumpAt(from, random.between(-10, 10) * MINUTE)
  const by = random.pick([5 * 60 * MINUTE, 25 * 60 * MINUTE, YEAR]) * (fault === 'behind' ? -1 : 1)
  const back = from + lasts()
  jumpAt(from, by)
  if (fault !== 'there-and-back') return jumpAt(back, -by)
  jumpAt(back, -2 * by)
  jumpAt(back + lasts(), by)
}
