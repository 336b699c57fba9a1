/**
 * How one attempt ended: with an answer, or without one. `foreign`: not this API answered, but what stands before it (a
 * platform, a proxy). `unsent`: it surely never reached the server.
 */
export type Ended =
  | { kind: 'answer'; status: number; foreign: boolean; retryAfterMs?: number }
  | { kind: 'failure'; unsent: boolean }

export type RetryContext = {
  /** Attempts that were made, from 1. */
  attempt: number
  /** Doing it twice is the same as doing it once. */
  repeatable: boolean
  /** How much of the deadline is left. */
  leftMs: number
  /** 0 to 1. */
  random: number
}

const FIRST_MS = 100
const MAX_MS = 5_000
// What the service says while it cannot, and what proxies say of it. 429 comes before any work is done.
const AWAY = new Set([502, 503, 504])
// A person has to do something about these, also where a platform says it.
const SIGN_IN = new Set([401, 403, 407])

const isWorthIt = (ended: Ended, repeatable: boolean): boolean => {
  if (ended.kind === 'failure') return repeatable || ended.unsent
  const { status, foreign } = ended
  if (status === 429) return true
  // A platform's own 500, or the 404 of a proxy that has lost its way, says nothing about the request.
  return repeatable && (AWAY.has(status) || (foreign && !SIGN_IN.has(status)))
}

/** How long to wait before the next attempt; undefined where this was the last. Half of each pause is random. */
export const decideRetry = (ended: Ended, context: RetryContext): number | undefined => {
  const { attempt, repeatable, leftMs, random } = context
  if (!isWorthIt(ended, repeatable)) return undefined
  const backoff = Math.min(MAX_MS, FIRST_MS * 2 ** (attempt - 1)) * (0.5 + random / 2)
  const wait = Math.max(backoff, ended.kind === 'answer' ? (ended.retryAfterMs ?? 0) : 0)
  return wait < leftMs ? wait : undefined
}

/** What a Retry-After header asks for, in seconds or as a date. */
export const parseRetryAfter = (header: string | null, now: number): number | undefined => {
  if (header === null) return undefined
  if (/^\d+$/.test(header)) return Number(header) * 1000
  const at = Date.parse(header)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now)
}
