const FIRST_MS = 2_000
const MAX_MS = 30_000

/** How long to wait before the stream is asked for again: 2 s, doubled with every failure to 30 s, or what the service asks for, up to that. */
export const nextPause = (failures: number, retryAfterMs = 0): number =>
  Math.min(MAX_MS, Math.max(FIRST_MS * 2 ** Math.max(0, failures - 1), retryAfterMs))
