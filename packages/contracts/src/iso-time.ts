/** A time in epoch milliseconds as the API writes it: ISO 8601, UTC, with milliseconds. */
export const isoTime = (ms: number): string => new Date(ms).toISOString()

/** The same for a time that may be unknown. */
export const isoTimeOf = (ms: number | undefined): string | undefined =>
  ms === undefined ? undefined : isoTime(ms)
