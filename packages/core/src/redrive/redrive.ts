import type { DeliveryFilter, ShownState } from '../model/delivery-filter.ts'
import type { Redrive, RedriveFilter, RedriveRequest } from '../model/redrive.ts'
import type { DeliveryRow } from '../model/delivery-row.ts'
import { initialRecovery } from '../recovery/next-window.ts'
import type { FoundDelivery } from '../ports/index.ts'
import type { RecoveryPolicy } from '../model/settings.ts'

/** Rows that nothing but recovery or a person moves. */
const DEFAULT_STATES: readonly ShownState[] = ['parked', 'rejected']

/** The filter as it is kept, or why it is refused: without one of these three it would mean everything. */
export const decideFilter = (
  filter: DeliveryFilter,
  force: boolean,
): { ok: true; filter: RedriveFilter } | { ok: false; reason: 'empty' | 'delivered-without-force' } => {
  const { integration, cause, centerId, states = DEFAULT_STATES } = filter
  if (integration === undefined && cause === undefined && centerId === undefined)
    return { ok: false, reason: 'empty' }
  if (states.includes('delivered') && !force) return { ok: false, reason: 'delivered-without-force' }
  const backfill = filter.backfill ?? states.includes('waiting')
  return { ok: true, filter: { ...filter, states, ...(backfill ? { backfill } : {}) } }
}

/** A redrive at its beginning: one lane for each integration that it can mean, each with a canary first. */
export const newRedrive = (
  request: RedriveRequest & { filter: RedriveFilter },
  context: { id: string; now: number; total: number; integrations: readonly string[] },
): Redrive => {
  const { id, now, total, integrations } = context
  const { integration } = request.filter
  const names = integration === undefined ? integrations : integrations.filter((name) => name === integration)
  return {
    ...request,
    id,
    state: 'running',
    createdAt: now,
    total,
    delivered: 0,
    failed: 0,
    skipped: 0,
    lanes: names.map((name) => ({
      integration: name,
      window: initialRecovery(now),
      exhausted: false,
      sending: [],
    })),
  }
}

/** A lane's pace: the integration's own, or slower where the person asked for that; never faster. */
export const paceOf = (redrive: Redrive, recovery: RecoveryPolicy): RecoveryPolicy => ({
  ...recovery,
  windowMax: Math.min(redrive.rampCap ?? recovery.windowMax, recovery.windowMax),
  ratePerSecond: Math.min(redrive.ratePerSecond ?? recovery.ratePerSecond, recovery.ratePerSecond),
})

/** The state of a delivery as people see it. */
export const shownState = (row: DeliveryRow | undefined, centerVersion: number): ShownState =>
  row === undefined || row.version < centerVersion || row.state === 'retired' ? 'waiting' : row.state

/**
 * Whether a redrive may send a row now. `skip`: it is in work elsewhere, was tried since the person asked, is in a state
 * that was not asked for, or delivered without `force`.
 */
export const decideRow = (
  redrive: Pick<Redrive, 'filter' | 'createdAt' | 'force'>,
  { row, centerVersion }: Pick<FoundDelivery, 'row' | 'centerVersion'>,
): 'send' | 'skip' => {
  const state = shownState(row, centerVersion)
  if (row?.state === 'delivering') return 'skip'
  if (state === 'delivered' && !redrive.force) return 'skip'
  if ((row?.lastAttemptAt ?? 0) > redrive.createdAt) return 'skip'
  return redrive.filter.states.includes(state) ? 'send' : 'skip'
}

/** How the row's attempt by this redrive ended, where it made one: it must not be sent twice after a crash. */
export const settledBy = (row: DeliveryRow | undefined, id: string): 'delivered' | 'failed' | undefined => {
  // A lease that is still held, or whose owner died, is not settled.
  if (!row || row.state === 'delivering') return undefined
  const attempt = row.history.findLast(({ trigger }) => trigger === `redrive:${id}`)
  if (!attempt) return undefined
  return attempt.result === 'delivered' ? 'delivered' : 'failed'
}
