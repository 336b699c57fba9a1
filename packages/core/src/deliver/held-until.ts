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

const lastsUntil = (row: DeliveryRow): number =>
  Math.max(row.inDoubtUntil ?? 0, row.state === 'delivering' ? (row.lastAttemptAt ?? 0) + LEASE_MS : 0)

/** Until when a call of unknown end may still land downstream; in the past where none can. */
export const inDoubtUntil = (row: DeliveryRow, now: number): number =>
  believed(lastsUntil(row), now, LEASE_MS)

/**
 * Whether a call of unknown end may still land downstream. Where the clock has jumped back since, the age of the row by the
 * store's own clock answers: the call began before the row was last written.
 */
export const isInDoubt = (row: DeliveryRow, ageMs: number, now: number): boolean => {
  const until = lastsUntil(row)
  return now < until && (until <= now + LEASE_MS || ageMs < LEASE_MS)
}
