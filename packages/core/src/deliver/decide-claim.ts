import { LEASE_MS } from '../model/budget.ts'
import {
  blankRow,
  forVersion,
  triggerName,
  type DeliveryTrigger,
  type DeliveryRow,
  type RowKey,
} from '../model/delivery-row.ts'
import { doubtLeftMs, isHeldBack } from './held-until.ts'
import type { ReadRow } from '../ports/index.ts'
import type { RetryPolicy } from '../model/settings.ts'

/** A row as the store has it; see `ReadRow`. */
export type SeenRow = Pick<ReadRow, 'row' | 'ageMs' | 'ownerGone'>

/** What a push asks for: this version of this center at this integration. */
export type ClaimRequest = RowKey & { version: number; trigger: DeliveryTrigger }

/** What the decision needs besides the row: wall clock in epoch milliseconds, a fresh token, whether calls are paused. */
export type ClaimContext = { now: number; token: string; paused: boolean; retry: RetryPolicy }

export type ClaimDecision =
  | { decision: 'superseded' | 'duplicate' | 'busy' | 'already-rejected' | 'held' }
  | { decision: 'claimed'; row: DeliveryRow; takenOver: boolean }

/** Whether the row's lease is still held, by the store's clock. */
export const isLeased = ({ row, ageMs, ownerGone }: SeenRow): boolean =>
  row.state === 'delivering' && ownerGone === undefined && ageMs < LEASE_MS

const claimedRow = (seen: SeenRow | undefined, request: ClaimRequest, context: ClaimContext): DeliveryRow => {
  const { now, token, retry } = context
  const old = seen?.row
  const fields =
    old === undefined
      ? blankRow(request, request.version, token)
      : old.version < request.version
        ? forVersion(old, request.version, token)
        : { ...old, token }
  const closed = old?.version === request.version && (old.state === 'rejected' || old.state === 'delivered')
  return {
    ...fields,
    state: 'delivering',
    leasedBy: triggerName(request.trigger),
    attempts: fields.attempts + 1,
    firstAttemptAt: fields.firstAttemptAt ?? now,
    lastAttemptAt: now,
    notBefore: undefined,
    inDoubtMs: seen && doubtLeftMs(seen),
    redrives: fields.redrives + (closed ? 1 : 0),
    dueAt: now + LEASE_MS + retry.maxBackoffMs,
  }
}

/**
 * Decides whether a push or a hand-over may call the downstream now. The order of the lines is part of the promise:
 * each is a test of its own, and nothing is written unless the decision is `claimed`.
 */
export const decideClaim = (
  seen: SeenRow | undefined,
  request: ClaimRequest,
  context: ClaimContext,
): ClaimDecision => {
  const { trigger, version } = request
  const { now } = context
  if (seen) {
    const { row } = seen
    const forced = trigger.kind === 'redrive' && trigger.force
    if (version < row.version) return { decision: 'superseded' }
    if (version === row.version && row.state === 'delivered' && !forced) return { decision: 'duplicate' }
    if (isLeased(seen)) return { decision: 'busy' }
    if (version === row.version && row.state === 'rejected' && trigger.kind !== 'redrive')
      return { decision: 'already-rejected' }
    const mustWait = version === row.version && isHeldBack(row, now, context.retry)
    if (context.paused || mustWait) return { decision: 'held' }
    // A row without a call of its own was parked at a newer version: the doubt is still the older one's.
    const wasNeverCalled = (row.state === 'parked' || row.state === 'retired') && row.attempts === 0
    const isNewer = version > row.version || wasNeverCalled
    if (isNewer && doubtLeftMs(seen) !== undefined) return { decision: 'held' }
  } else if (context.paused) {
    return { decision: 'held' }
  }
  return {
    decision: 'claimed',
    row: claimedRow(seen, request, context),
    takenOver: seen?.row.state === 'delivering' && seen.row.version === version,
  }
}
