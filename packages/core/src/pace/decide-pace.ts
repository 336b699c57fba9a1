/**
 * How often a system is called, once it has said that it was too often: `perSecond` from `resumeAt` on, a little more with
 * each second since. Times in monotonic milliseconds.
 */
export type Pace = { perSecond: number; resumeAt: number }

/** An answer that sends us away: when its call began, for how long, if it says so, and whether it speaks of a quota (429). */
export type SentAway = { startedAt: number; retryAfterMs?: number | undefined; isQuota: boolean }

// Additive increase, multiplicative decrease. At a quota of 10 a second: cut to 8, back at 10 after 14 s, which refuses one or
// two calls of 130 and uses 85 % of the quota.
const CUT = 0.8
const GROWTH_PER_SECOND = 0.01
const GROWTH_MIN_PER_SECOND = 0.05
// The growth itself grows: as much again with each 10 s. A first guess that was far too low is left behind.
const GROWS_MORE_SECONDS = 10
const PER_SECOND_MIN = 0.2
// Where nothing has succeeded lately: an answer 429 to a single call says little about the quota.
const PER_SECOND_FIRST_MIN = 2

// Quotas are counted by the second, as a rule: what follows an answer 429 at once is refused as well.
const PAUSE_MS = 1_000
// One row may have to wait for longer (its `notBefore`). All others ask again after this: what one answer says of an hour need
// not be so of a minute.
const PAUSE_MAX_MS = 10_000

// A quota that still holds would have refused something by now: a steady load meets it within seconds.
const FORGOTTEN_AFTER_MS = 60_000

/** How many calls a second may begin; `ceiling`, or without one Infinity, where the system has not complained for a minute. */
export const perSecondAt = (pace: Pace | undefined, elapsed: number, ceiling = Infinity): number => {
  if (!pace || elapsed - pace.resumeAt > FORGOTTEN_AFTER_MS) return ceiling
  const seconds = Math.max(0, elapsed - pace.resumeAt) / 1000
  const growth = Math.max(GROWTH_MIN_PER_SECOND, pace.perSecond * GROWTH_PER_SECOND)
  const grown = growth * seconds * (1 + seconds / 2 / GROWS_MORE_SECONDS)
  return Math.min(ceiling, pace.perSecond + grown)
}

/**
 * Decides the pace after an answer that sends us away. The first cut goes to what has succeeded in the last second, each later
 * one to a share of what was allowed; calls from before the last cut say nothing new. A system that is away, and says for how
 * long, is only left alone until then.
 */
export const decidePace = (
  pace: Pace | undefined,
  { startedAt, retryAfterMs = PAUSE_MS, isQuota }: SentAway,
  succeededLastSecond: number,
  elapsed: number,
  ceiling?: number,
): Pace => {
  if (pace && startedAt < pace.resumeAt) return pace
  const resumeAt = elapsed + Math.min(PAUSE_MAX_MS, Math.max(PAUSE_MS, retryAfterMs))
  const allowed = perSecondAt(pace, elapsed, ceiling)
  if (!isQuota && succeededLastSecond === 0) return { perSecond: allowed, resumeAt }
  const cut = allowed === Infinity ? Math.max(PER_SECOND_FIRST_MIN, succeededLastSecond * CUT) : allowed * CUT
  return { perSecond: Math.max(PER_SECOND_MIN, cut), resumeAt }
}
