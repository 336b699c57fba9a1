import { retryAfterMs } from './retry-after.ts'
import { storedText } from '../model/stored-text.ts'

/** How an external call ended, as data; what follows from each is decided by `decideSettle`. */
export type Outcome =
  | { kind: 'delivered'; externalId?: string }
  | { kind: 'transient'; cause: string; message: string; httpStatus?: number; retryAfterMs?: number }
  | { kind: 'misconfigured'; cause: string; message: string; httpStatus?: number }
  | { kind: 'rejected'; cause: string; message: string; httpStatus?: number }
  | { kind: 'unknown'; cause: string; message: string; httpStatus?: number }

export type FailedOutcome = Exclude<Outcome, { kind: 'delivered' }>

/** An outcome whose texts may be stored, logged and shown: an integration takes them from its system. */
export const storedOutcome = (outcome: Outcome): Outcome => {
  if (outcome.kind !== 'delivered') {
    return { ...outcome, cause: storedText(outcome.cause), message: storedText(outcome.message) }
  }
  const { externalId } = outcome
  return externalId === undefined ? outcome : { ...outcome, externalId: storedText(externalId) }
}

/**
 * What an HTTP request came to. `response`: headers and body arrived (`body` is undefined where there was none that can be
 * read; `unreadable` says why). `failure`: none did; `phase` says whether the request can have reached the other side.
 */
export type HttpResult =
  | { type: 'response'; status: number; retryAfter?: string; body: unknown; unreadable?: string }
  | {
      type: 'failure'
      phase: 'before-sent' | 'after-sent'
      cause: string
      misconfigured: boolean
      /** What happened, where it is no trouble of the connection. */
      message?: string
    }

/** A schema as zod's `safeParse` has it; the core needs no more of it. */
export type BodySchema<T> = { safeParse(body: unknown): { success: true; data: T } | { success: false } }

/** The body of a refusal: only with it a 4xx is proof that the downstream refused our data. */
export type Refusal = { code: string; message: string }

const PASSING_4XX = new Set([408, 425, 429])
// The longest time a downstream may send us away for; more is taken as this much.
const RETRY_AFTER_MAX_MS = 600_000

/** Whether a body is a refusal of the system itself; a gateway has no such words. */
export const isRefusal = (body: unknown): body is Refusal =>
  typeof body === 'object' &&
  body !== null &&
  'code' in body &&
  'message' in body &&
  typeof body.code === 'string' &&
  /^[A-Za-z0-9_.-]{1,64}$/.test(body.code) &&
  typeof body.message === 'string'

const failureOutcome = (answer: Extract<HttpResult, { type: 'failure' }>): FailedOutcome => {
  const { cause, message } = answer
  if (answer.misconfigured)
    return { kind: 'misconfigured', cause, message: message ?? `No connection could be made: ${cause}` }
  return answer.phase === 'before-sent'
    ? { kind: 'transient', cause, message: message ?? `The system could not be reached: ${cause}` }
    : { kind: 'unknown', cause, message: message ?? `The request went out and no answer came: ${cause}` }
}

/**
 * Classifies an answer that is not a success. `rejectedBy` are the statuses that mean "this data is rejected" where the body
 * proves it; every other 4xx is our own configuration.
 */
export const failureByStatus = (
  answer: HttpResult,
  rejectedBy: readonly number[],
  now: number,
): FailedOutcome => {
  if (answer.type === 'failure') return failureOutcome(answer)
  const { status, body, unreadable } = answer
  const cause = `http-${status}`
  if (status >= 200 && status < 300) {
    return {
      kind: 'unknown',
      cause: `unexpected-body`,
      httpStatus: status,
      message:
        unreadable === undefined
          ? `Answered ${status} with a body that does not fit`
          : `Answered ${status} with a body that cannot be read: ${unreadable}`,
    }
  }
  if (status >= 500 || PASSING_4XX.has(status)) {
    const waitMs = retryAfterMs(answer.retryAfter, now, RETRY_AFTER_MAX_MS)
    const message = `Answered ${status}`
    return {
      kind: 'transient',
      cause,
      httpStatus: status,
      message,
      ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
    }
  }
  if (rejectedBy.includes(status) && isRefusal(body)) {
    const message = `Rejected the data: ${body.message}`
    return { kind: 'rejected', cause: `rejected:${body.code}`, httpStatus: status, message }
  }
  const message = `Answered ${status}, which says nothing about the data: check address and credential`
  return { kind: 'misconfigured', cause, httpStatus: status, message }
}

/** What of an answer is a success, and what a refusal. */
export type Expected<T> = {
  /** The body of a success. Left out, any 2xx is one: also a 204, and a 200, 201 or 202 without a body. */
  schema?: BodySchema<T>
  /** Statuses by which the system rejects the data, where the body proves it; none unless given. */
  rejectedBy?: readonly number[]
  /** The id that the system gave. */
  externalId?: (body: T) => string
  /** Whether the answer is about what was sent; one that is not belongs to somebody else's request. */
  isOurs?: (body: T) => boolean
}

const deliveredBy = <T>(body: unknown, { schema, externalId, isOurs }: Expected<T>): Outcome | undefined => {
  if (!schema) return { kind: 'delivered' }
  const parsed = schema.safeParse(body)
  if (!parsed.success || isOurs?.(parsed.data) === false) return undefined
  return { kind: 'delivered', ...(externalId ? { externalId: externalId(parsed.data) } : {}) }
}

/** Delivered where the answer is 2xx and its body is as expected; else what `failureByStatus` says. */
export const outcomeByStatus = <T>(answer: HttpResult, expected: Expected<T> & { now: number }): Outcome => {
  const isSuccess = answer.type === 'response' && answer.status >= 200 && answer.status < 300
  const delivered = isSuccess ? deliveredBy(answer.body, expected) : undefined
  return delivered ?? failureByStatus(answer, expected.rejectedBy ?? [], expected.now)
}
