import type { FailedOutcome } from '@mensageria/core'
import { z } from 'zod'

/** There is nobody to sign in as. */
export class NoCredentialsError extends Error {
  override readonly name = 'NoCredentialsError'
}

/** The cause of a request that did not leave. */
export const NO_CONNECTION = 'no-connection'

/** Codes of gRPC that Pub/Sub answers with, or that the library gives a call without an answer. */
const STATUS = {
  cancelled: 1,
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  permissionDenied: 7,
  resourceExhausted: 8,
  failedPrecondition: 9,
  unimplemented: 12,
  unavailable: 14,
  unauthenticated: 16,
} as const

const Failure = z.object({
  code: z.number(),
  details: z.string().optional(),
  message: z.string(),
  // RetryInfo is one of them; its delay is in seconds.
  statusDetails: z.array(z.unknown()).optional(),
})
type Failure = z.output<typeof Failure>

const RetryInfo = z.object({
  retryDelay: z.object({
    seconds: z.coerce.number().default(0),
    nanos: z.number().default(0),
  }),
})

// The longest time that an answer may send us away for, as with HTTP.
const RETRY_MAX_MS = 600_000

// What the library says where no byte of the request has left. A deadline that ends while it waits for a connection is one of them.
const NOT_SENT =
  /^No connection established|^Name resolution failed|Waiting for LB pick|^Channel closed before call started/
// The connection went away under a request: Pub/Sub may have it. What Pub/Sub itself answers as unavailable says nothing like it.
const CUT = /^Connection dropped|ECONNRESET|ETIMEDOUT|EPIPE|socket hang up|RST_STREAM/
// A token could not be fetched. Who refuses to give one does so until somebody changes the configuration.
const NO_TOKEN = /^Getting metadata from plugin failed/
const REFUSED_TOKEN =
  /invalid_grant|invalid_client|unauthorized|permission|forbidden|default credentials|\b40[0134]\b/i

const retryAfter = ({ statusDetails = [] }: Failure): { retryAfterMs?: number } => {
  for (const detail of statusDetails) {
    const info = RetryInfo.safeParse(detail)
    if (!info.success) continue
    const { seconds, nanos } = info.data.retryDelay
    const ms = Math.ceil(seconds * 1_000 + nanos / 1_000_000)
    if (ms > 0) return { retryAfterMs: Math.min(ms, RETRY_MAX_MS) }
  }
  return {}
}

const MISCONFIGURED: Readonly<Record<number, { cause: string; what: string }>> = {
  [STATUS.invalidArgument]: { cause: 'invalid-argument', what: 'Pub/Sub takes no such request' },
  [STATUS.notFound]: { cause: 'topic-not-found', what: 'There is no such topic' },
  [STATUS.permissionDenied]: {
    cause: 'permission-denied',
    what: 'Our account may not publish there: it needs roles/pubsub.publisher on the topic',
  },
  [STATUS.failedPrecondition]: { cause: 'failed-precondition', what: 'The topic takes nothing as it is' },
  [STATUS.unimplemented]: { cause: 'no-pubsub', what: 'What answers is not Pub/Sub' },
  [STATUS.unauthenticated]: { cause: 'unauthenticated', what: 'Our credentials are not valid' },
}

const ofFailure = (failure: Failure): FailedOutcome => {
  const { code } = failure
  const said = failure.details || failure.message
  if (NO_TOKEN.test(said))
    return REFUSED_TOKEN.test(said)
      ? { kind: 'misconfigured', cause: 'no-credentials', message: `No token was given to us: ${said}` }
      : { kind: 'transient', cause: 'no-token', message: `No token could be fetched: ${said}` }
  if (NOT_SENT.test(said))
    return { kind: 'transient', cause: NO_CONNECTION, message: `Pub/Sub could not be reached: ${said}` }
  const misconfigured = MISCONFIGURED[code]
  if (misconfigured)
    return {
      kind: 'misconfigured',
      cause: misconfigured.cause,
      message: `${misconfigured.what}: ${said}`,
    }
  if (code === STATUS.resourceExhausted)
    return {
      kind: 'transient',
      cause: 'resource-exhausted',
      message: `Too much: ${said}`,
      ...retryAfter(failure),
    }
  if (code === STATUS.unavailable && !CUT.test(said))
    return {
      kind: 'transient',
      cause: 'unavailable',
      message: `Pub/Sub is away: ${said}`,
      ...retryAfter(failure),
    }
  // All else: no answer, or one that does not say whether the message is there.
  const cause =
    code === STATUS.deadlineExceeded ? 'timeout' : code === STATUS.cancelled ? 'aborted' : `grpc-${code}`
  return { kind: 'unknown', cause, message: `No answer says whether Pub/Sub has it: ${said}` }
}

// What the library says to a call after its client was closed: it has no code, and nothing was sent.
const CLOSED = /client has already been closed/

/** Says how a publish that threw has ended. Pure. */
export const classify = (error: unknown): FailedOutcome => {
  const failure = Failure.safeParse(error)
  if (failure.success) return ofFailure(failure.data)
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof NoCredentialsError) return { kind: 'misconfigured', cause: 'no-credentials', message }
  return CLOSED.test(message)
    ? { kind: 'transient', cause: 'closing', message }
    : { kind: 'unknown', cause: 'unexpected', message }
}
