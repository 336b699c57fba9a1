import { LEASE_MS } from './budget.ts'
import type { IntegrationSettings } from './settings.ts'

/**
 * What counts as due: a plan at or before `now`, and a plan after `latest`, which no plan that was made by a right clock can
 * be. The clock that made it had jumped ahead; a sweep that waited for it would wait for as long as the jump was. Epoch
 * milliseconds.
 */
export type Due = { now: number; latest: number }

/** Whether a planned time is due. */
export const isDueAt = (at: number, { now, latest }: Due): boolean => at <= now || at > latest

// A downstream sends us away for at most 10 minutes (outcome.ts), a window lasts for less.
const RETRY_AFTER_MAX_MS = 600_000

/** The longest gap between two checks of an open event. */
export const RECHECK_MAX_MS = 6 * 3_600_000

/** The longest gap between two attempts of a row that is planned. */
export const longestGapMs = ({ retry, recovery }: Pick<IntegrationSettings, 'retry' | 'recovery'>): number =>
  Math.max(retry.maxBackoffMs, recovery.maxIntervalMs)

/** The latest time to which a row of the integration can have been put off. */
export const rowsDue = ({ retry, recovery }: IntegrationSettings, now: number): Due => ({
  now,
  latest:
    now +
    Math.max(
      2 * retry.maxBackoffMs + LEASE_MS,
      recovery.maxIntervalMs + LEASE_MS,
      recovery.minIntervalMs,
      RETRY_AFTER_MAX_MS,
    ),
})

// The longest gap between two checks of an open event, and what clocks of two processes may differ.
const CHECK_LATEST_MS = RECHECK_MAX_MS + 600_000

/** The latest time to which a check of an open event can have been put off. */
export const eventsDue = (now: number): Due => ({ now, latest: now + CHECK_LATEST_MS })
