import type { NetworkFailure } from '../http-client/classify-network-error.ts'

/** What a token endpoint gave, or why it gave nothing. */
export type Fetched =
  | { ok: true; token: string; expiresInMs: number }
  | { ok: false; failure: NetworkFailure }

/** The same, with the time at which it was asked for. */
export type Kept = Fetched & { at: number }

export type TokenStore = {
  /** The token that is kept, or a new one. */
  get(): Promise<Kept>
  /** Forgets this token, and no newer one: answers to older requests may come late. */
  drop(token: string): void
}

// A call may last 30 s: a token is given away only where it outlives that, or for half of a short life.
const SPARE_MS = 60_000
// So that calls that wait do not ask a broken endpoint, one after the other, as fast as it answers.
const FAILURE_KEPT_MS = 2_000

/**
 * Keeps a token until shortly before its end. One fetch is made at a time, whatever the number of calls that wait for it. Time
 * is measured by a clock that does not jump.
 */
export const createTokenStore = (fetch: () => Promise<Fetched>, monotonic: () => number): TokenStore => {
  let kept: { answer: Kept; until: number } | undefined
  let running: Promise<Kept> | undefined
  const refresh = async (): Promise<Kept> => {
    const at = monotonic()
    const answer = { ...(await fetch()), at }
    const until = answer.ok
      ? at + answer.expiresInMs - Math.min(SPARE_MS, answer.expiresInMs / 2)
      : monotonic() + FAILURE_KEPT_MS
    kept = { answer, until }
    return answer
  }
  return {
    get: async () => {
      if (kept && monotonic() < kept.until) return kept.answer
      running ??= refresh().finally(() => (running = undefined))
      return running
    },
    drop: (token) => {
      if (kept?.answer.ok && kept.answer.token === token) kept = undefined
    },
  }
}
