/**
 * Milliseconds to wait by a Retry-After header: seconds or an HTTP date (RFC 9110, 10.2.3), clamped to 0..`maxMs`.
 * Undefined where there is none, or where it makes no sense.
 */
export const retryAfterMs = (header: string | undefined, now: number, maxMs: number): number | undefined => {
  if (header === undefined) return undefined
  const value = header.trim()
  const waitMs = /^\d+$/.test(value)
    ? Number(value) * 1000
    : /^[A-Za-z]/.test(value)
      ? Date.parse(value) - now
      : NaN
  if (Number.isNaN(waitMs)) return undefined
  return Math.min(Math.max(0, waitMs), maxMs)
}
