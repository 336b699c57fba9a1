import { LEASE_MS } from '../model/budget.ts'
import type { DeliveryRow } from '../model/delivery-row.ts'
import { isAhead, unlessBeyond } from '../model/believed.ts'
import type { RetryPolicy } from '../model/settings.ts'

/** Until when the downstream asked not to be called for the row's version; in the past where it did not. */
export const heldBackUntil = (
  row: DeliveryRow,
  now: number,
  retry: Pick<RetryPolicy, 'maxBackoffMs'>,
): number => unlessBeyond(row.notBefore, now, retry.maxBackoffMs) ?? 0

/** Whether the downstream asked not to be called for the row's version yet. */
export const isHeldBack = (
  { notBefore = 0 }: DeliveryRow,
  now: number,
  { maxBackoffMs }: Pick<RetryPolicy, 'maxBackoffMs'>,
): boolean => isAhead(notBefore, now, maxBackoffMs)

/**
 * For how long from now a call of unknown end may still land downstream; undefined where none can. By the age of the row
 * alone: a wall clock that jumped ahead would send a newer version on top of that call. A lease that was not ended is one call
 * more, which began when the row was written.
 */
export const doubtLeftMs = ({ row, ageMs }: { row: DeliveryRow; ageMs: number }): number | undefined => {
  const leftMs = Math.max(row.inDoubtMs ?? 0, row.state === 'delivering' ? LEASE_MS : 0) - ageMs
  return leftMs > 0 ? Math.ceil(leftMs) : undefined
}
