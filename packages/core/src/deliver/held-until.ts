import { LEASE_MS } from '../model/budget.ts'
import type { DeliveryRow } from '../model/delivery-row.ts'
import type { RetryPolicy } from '../model/settings.ts'

// A time further ahead than it can have been set is a clock that jumped: nobody waits for it.
const believed = (until: number | undefined, now: number, aheadMaxMs: number): number =>
  until !== undefined && until <= now + aheadMaxMs ? until : 0

/** Until when the downstream asked not to be called for the row's version; in the past where it did not. */
export const heldBackUntil = (
  row: DeliveryRow,
  now: number,
  retry: Pick<RetryPolicy, 'maxBackoffMs'>,
): number => believed(row.notBefore, now, retry.maxBackoffMs)

/** Until when a call of unknown end may still land downstream; in the past where none can. */
export const inDoubtUntil = (row: DeliveryRow, now: number): number => {
  const callEnds = row.state === 'delivering' ? (row.lastAttemptAt ?? 0) + LEASE_MS : 0
  return believed(Math.max(row.inDoubtUntil ?? 0, callEnds), now, LEASE_MS)
}
