import type { Clock } from '../ports/index.ts'
import type { IntegrationSettings, RecoveryPolicy } from '../model/settings.ts'

/**
 * Spends a budget on hand-overs: `freeAt` is when what was spent before is paid off at the rate. Nothing is saved up, so that
 * in any stretch of time no more begin than the rate allows, and one window.
 */
export const spend = (
  freeAt: number | undefined,
  handOvers: number,
  now: number,
  ratePerSecond: number,
): number => Math.max(freeAt ?? now, now) + (handOvers / ratePerSecond) * 1000

/**
 * How many hand-overs the rate lets begin in the time that is left, at least one. A larger window would spend room on some
 * that never begin, and the next sweep would wait for it.
 */
export const fittingHandOvers = (leftMs: number, { ratePerSecond }: RecoveryPolicy): number =>
  Math.max(1, Math.ceil((leftMs / 1000) * ratePerSecond))

// Those that begin together are committed together, and one flush of the disk serves them all.
const TURN_MS = 50

/**
 * The turns of one window, spread at the rate: a burst at its beginning would take from all others what the pause behind it
 * gives back. At a high rate a turn is for the few that fall into 50 ms. Resolves when the turn has come, with false where
 * that is at or after the deadline (monotonic milliseconds).
 */
export const createPacer = (clock: Pick<Clock, 'monotonic' | 'sleep'>, { ratePerSecond }: RecoveryPolicy) => {
  const begunAt = clock.monotonic()
  const together = Math.max(1, Math.floor((ratePerSecond * TURN_MS) / 1000))
  let taken = 0
  return async (deadline: number): Promise<boolean> => {
    const turn = Math.floor(taken / together)
    taken += 1
    const turnAt = begunAt + (turn * together * 1000) / ratePerSecond
    if (turnAt >= deadline) return false
    const waitMs = turnAt - clock.monotonic()
    if (waitMs > 0) await clock.sleep(waitMs)
    return clock.monotonic() < deadline
  }
}

type Paced = Pick<IntegrationSettings, 'name' | 'recovery'>

/**
 * One budget an integration for everything that the sweeper sends it: recovery and redrives together keep to its rate. Kept
 * by the monotonic clock of the one process that sweeps; each lane has its own pace on top, which outlives the process.
 */
export const createRateBudgets = ({ monotonic }: Pick<Clock, 'monotonic'>) => {
  const freeAt = new Map<string, number>()
  return {
    /** How long until the next hand-over may begin. */
    waitMs: ({ name }: Paced): number => Math.max(0, (freeAt.get(name) ?? 0) - monotonic()),
    /** Takes the room for a window; false where somebody else was faster and it must wait. */
    take: ({ name, recovery }: Paced, handOvers: number): boolean => {
      const at = monotonic()
      const before = freeAt.get(name)
      if (before !== undefined && before > at) return false
      freeAt.set(name, spend(before, handOvers, at, recovery.ratePerSecond))
      return true
    },
  }
}

export type RateBudgets = ReturnType<typeof createRateBudgets>
