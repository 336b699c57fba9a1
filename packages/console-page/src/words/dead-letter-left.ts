import type { Delivery } from '@mensageria/contracts/browser'

const HOUR_MS = 3_600_000

/**
 * How long the broker will still bring a delivery before it gives it up, in milliseconds: an estimate from its first
 * attempt. Undefined where the broker does not have it: delivered, rejected, parked already, or not begun.
 */
export const deadLetterLeftMs = (
  { state, firstAttemptAt, parkedAt }: Delivery,
  horizonHours: number,
  now: number,
): number | undefined => {
  if (state !== 'retrying' && state !== 'delivering') return undefined
  if (firstAttemptAt === undefined || parkedAt !== undefined) return undefined
  return Math.max(0, Date.parse(firstAttemptAt) + horizonHours * HOUR_MS - now)
}
