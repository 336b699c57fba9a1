/** How a call ended, as far as it says something of the pace. */
export type CallEnd = { kind: string; httpStatus?: number | undefined; retryAfterMs?: number | undefined }

/** Whether it says "too often" (429), or "come back later" (Retry-After). */
export const isSentAway = ({ kind, httpStatus, retryAfterMs }: CallEnd): boolean =>
  kind === 'transient' && (httpStatus === 429 || retryAfterMs !== undefined)
