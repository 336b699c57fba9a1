import type { DeliveryFilter, ShownState } from '../model/delivery-filter.ts'
import type { DeliveryRow } from '../model/delivery-row.ts'
import { hasHappened } from '../model/believed.ts'
import type { FoundDelivery } from '../model/found-delivery.ts'
import type { Redrive, RedriveFilter, RedriveLane, RedriveRequest } from '../model/redrive.ts'
import type { RecoveryPolicy } from '../model/settings.ts'
import { initialRecovery } from '../recovery/next-window.ts'
import { shownState } from '../search/matches.ts'

// Clocks of two processes may differ by a little without being wrong.
const CLOCKS_DIFFER_MS = 60_000

/** Rows that nothing but recovery or a person moves. */
const DEFAULT_STATES: readonly ShownState[] = ['parked', 'rejected']

/** What is wrong with a filter: it means everything, it needs force, or it names an integration that is not in the list. */
export type FilterProblem = 'empty' | 'delivered-without-force' | 'unknown-integration'

/**
 * The filter as it is kept, or what is wrong with it. Who asks for what waits means centers from before an integration's
 * `since` too: those are owed to nobody, so that is the only way to get them.
 */
export const decideFilter = (
  filter: DeliveryFilter,
  force: boolean,
  integrations: readonly string[],
): { ok: true; filter: RedriveFilter } | { ok: false; reason: FilterProblem } => {
  const { integration, cause, centerId, states = DEFAULT_STATES } = filter
  if (integration === undefined && cause === undefined && centerId === undefined)
    return { ok: false, reason: 'empty' }
  if (integration !== undefined && !integrations.includes(integration))
    return { ok: false, reason: 'unknown-integration' }
  if (states.includes('delivered') && !force) return { ok: false, reason: 'delivered-without-force' }
  const scope = filter.scope ?? (states.includes('waiting') ? 'all' : 'owed')
  return { ok: true, filter: { ...filter, states, scope } }
}

/** A redrive at its beginning: one lane for each integration that it can mean, each with a canary first. */
export const newRedrive = (
  { filter, reason, requestedBy, force, ratePerSecond, rampCap }: RedriveRequest & { filter: RedriveFilter },
  context: {
    id: string
    now: number
    clockIsWrong?: boolean
    expected: number | undefined
    integrations: readonly string[]
  },
): { redrive: Redrive; lanes: RedriveLane[] } => {
  const { id, now, clockIsWrong = false, expected, integrations } = context
  const { integration } = filter
  const names = integration === undefined ? integrations : integrations.filter((name) => name === integration)
  return {
    redrive: {
      id,
      state: names.length === 0 ? 'done' : 'running',
      open: names.length > 0,
      filter,
      force,
      reason,
      requestedBy,
      createdAt: now,
      ...(clockIsWrong ? { clockWasWrong: true } : {}),
      ...(ratePerSecond === undefined ? {} : { ratePerSecond }),
      ...(rampCap === undefined ? {} : { rampCap }),
      ...(expected === undefined ? {} : { expected }),
    },
    lanes: names.map((name) => ({
      integration: name,
      window: initialRecovery(now),
      exhausted: false,
      sending: [],
      delivered: 0,
      failed: 0,
      skipped: 0,
    })),
  }
}

/** A lane's pace: the integration's own, or slower where the person asked for that; never faster. */
export const paceOf = (redrive: Redrive, recovery: RecoveryPolicy): RecoveryPolicy => ({
  ...recovery,
  windowMax: Math.min(redrive.rampCap ?? recovery.windowMax, recovery.windowMax),
  ratePerSecond: Math.min(redrive.ratePerSecond ?? recovery.ratePerSecond, recovery.ratePerSecond),
})

/**
 * Whether a redrive may send a row now. Not one that is in work elsewhere, was tried since the person asked, is in a state
 * that was not asked for, or is delivered without `force`. An attempt in the future was made by a clock that had jumped: it
 * says nothing about when the person asked, nor does any where the clock was wrong then.
 */
export const shouldSend = (
  redrive: Pick<Redrive, 'filter' | 'createdAt' | 'clockWasWrong' | 'force'>,
  { row, centerVersion }: Pick<FoundDelivery, 'row' | 'centerVersion'>,
  now: number,
): boolean => {
  const state = shownState(row, centerVersion)
  const attemptedAt = row?.lastAttemptAt ?? 0
  if (row?.state === 'delivering') return false
  if (state === 'delivered' && !redrive.force) return false
  const isTriedSince = attemptedAt > redrive.createdAt && hasHappened(attemptedAt, now)
  if (isTriedSince && !redrive.clockWasWrong) return false
  return redrive.filter.states.includes(state)
}

/** Whether the store has attempts that lie so far after now that the clock is behind, or was ahead when it made them. */
export const isClockWrong = (newest: Pick<FoundDelivery, 'row'> | undefined, now: number): boolean =>
  !hasHappened(newest?.row?.lastAttemptAt ?? 0, now + CLOCKS_DIFFER_MS)

/** How the row's attempt by this redrive ended, where it made one: it must not be sent twice after a crash. */
export const settledBy = (row: DeliveryRow | undefined, id: string): 'delivered' | 'failed' | undefined => {
  const attempt = row?.history.findLast(({ trigger }) => trigger === `redrive:${id}`)
  if (!attempt) return undefined
  return attempt.result === 'delivered' ? 'delivered' : 'failed'
}
