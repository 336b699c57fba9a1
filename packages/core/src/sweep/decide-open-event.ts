import { RECHECK_MAX_MS } from '../model/due.ts'
import type { OpenEvent, RowVersions } from '../model/open-event.ts'
import type { IntegrationSettings } from '../model/settings.ts'
import { isOwed } from '../search/matches.ts'

export type OpenEventDecision =
  | { action: 'close' }
  | { action: 'publish'; nextCheckAt: number }
  | { action: 'reconcile'; integrations: IntegrationSettings[]; nextCheckAt: number }
  | { action: 'wait'; nextCheckAt: number }

/** How old an event gets before the sweeper checks it: the broker's own path takes well under this. */
export const FIRST_CHECK_MS = 10_000
// The end of a pause is to be noticed in about the time that the broker itself would need.
const PAUSED_RECHECK_MAX_MS = 600_000

/** The gap before the next check: 10 s, 20 s, 40 s ... up to 6 h, so that a long outage costs few checks an event. */
export const recheckAfterMs = (checks: number): number =>
  Math.min(RECHECK_MAX_MS, FIRST_CHECK_MS * 2 ** Math.min(checks, 30))

/**
 * When an event that was not tried comes due again: soon, but not before the first window of the integrations that lack
 * it opens, so that thousands of events of a system that is down are not checked in every sweep.
 */
export const retryCheckAt = (windowsOpenAt: readonly number[], now: number): number =>
  Math.ceil(Math.max(now + FIRST_CHECK_MS, Math.min(...windowsOpenAt)))

/**
 * Decides what a due open event needs. It is handed over, and closed, when every integration that owes its center has a
 * row at its version or higher, in any state: from then on the rows answer for themselves. With no row at all the broker
 * never had it, or lost it: publish again. Where only some are missing, those are handed over directly. A paused
 * integration is left alone.
 */
export const decideOpenEvent = (
  event: OpenEvent,
  versions: RowVersions,
  integrations: readonly IntegrationSettings[],
  paused: ReadonlySet<string>,
  now: number,
): OpenEventDecision => {
  // A name that every object has (`constructor`) is not a row.
  const versionOf = (name: string) => (Object.hasOwn(versions, name) ? versions[name] : undefined)
  const owing = integrations.filter((settings) =>
    isOwed(settings, { row: versionOf(settings.name), createdAt: event.centerCreatedAt }),
  )
  const missing = owing.filter(({ name }) => (versionOf(name) ?? 0) < event.version)
  if (missing.length === 0) return { action: 'close' }
  const nextCheckAt = now + recheckAfterMs(event.checks)
  const callable = missing.filter(({ name }) => !paused.has(name))
  if (callable.length === 0) {
    return { action: 'wait', nextCheckAt: Math.min(nextCheckAt, now + PAUSED_RECHECK_MAX_MS) }
  }
  const noRowAtAll = owing.every(({ name }) => versionOf(name) === undefined)
  return noRowAtAll
    ? { action: 'publish', nextCheckAt }
    : { action: 'reconcile', integrations: callable, nextCheckAt }
}
