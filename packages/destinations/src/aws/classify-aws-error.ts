import { failureByStatus, retryAfterMs, type FailedOutcome } from '@mensageria/core'
import { classifyNetworkError } from '@mensageria/runtime'
import { AwsError } from './aws-error.ts'
import { beforeSent } from './before-sent.ts'

/** What is known of a failed request besides its error. `now`: epoch milliseconds. */
export type Circumstances = { sent: boolean; aborted: boolean; now: number }

/** What one service says of data that it refuses: a cause where its code and words are proof of it. */
export type RefusalOf = (code: string, message: string) => string | undefined

const THROTTLED =
  /thrott|^(?:SlowDown|TooManyRequests|RequestLimitExceeded|BandwidthLimitExceeded|PriorRequestNotComplete)/i
const PASSING = new Set([408, 425, 429])
const RETRY_AFTER_MAX_MS = 600_000

// AccessDeniedException and AWS.SimpleQueueService.NonExistentQueue are access-denied and non-existent-queue.
const causeOf = (code: string): string =>
  code
    .replace(/^.*\./, '')
    .replace(/Exception$/, '')
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '-')
    .toLowerCase()

// What a person does about it, by the codes that SNS and SQS have for it.
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [/^(?:NotFound|QueueDoesNotExist|.*NonExistent)/, 'create it, or correct the row'],
  [/^(?:AccessDenied|AuthorizationError)/, 'our role and the policy of the target must allow it'],
  [/Token|Signature|AccessKey|UnrecognizedClient/, 'check the credentials of AWS in the environment'],
  [/^KMS/i, 'check its key, and what our role may do with it'],
]

const withAdvice = (code: string, message: string): string => {
  const advice = ADVICE.find(([pattern]) => pattern.test(code))?.[1]
  return advice === undefined ? message : `${message.replace(/\.$/, '')}: ${advice}`
}

const transient = (
  said: { cause: string; message: string; httpStatus: number },
  header: string | undefined,
  now: number,
): FailedOutcome => {
  const waitMs = retryAfterMs(header, now, RETRY_AFTER_MAX_MS)
  return { kind: 'transient', ...said, ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }) }
}

// A service of AWS says a code; what stands in between (a proxy, a portal) says none, and nothing about the data.
const byAnswer = (
  { status, code, text, retryAfter, skewCorrected }: AwsError & { status: number },
  refusalOf: RefusalOf,
  now: number,
): FailedOutcome => {
  if (code === undefined || (status >= 200 && status < 300))
    return failureByStatus(
      { type: 'response', status, body: undefined, ...(retryAfter === undefined ? {} : { retryAfter }) },
      [],
      now,
    )
  const said = { cause: causeOf(code), message: `Answered ${status} ${code}: ${text}`, httpStatus: status }
  // The SDK signs the next request by the clock of this answer.
  if (skewCorrected) return { kind: 'transient', ...said, cause: 'clock-skew' }
  if (THROTTLED.test(code) || PASSING.has(status) || status >= 500) return transient(said, retryAfter, now)
  const refusal = refusalOf(code, text)
  return refusal === undefined
    ? { kind: 'misconfigured', ...said, message: withAdvice(code, said.message) }
    : { kind: 'rejected', ...said, cause: `rejected:${refusal}` }
}

/** Says how a request that the SDK gave an error for has ended, by the words of the service where it answered. */
export const classifyAwsError = (
  error: unknown,
  { sent, aborted, now }: Circumstances,
  refusalOf: RefusalOf,
): FailedOutcome => {
  const failure = AwsError.parse(error)
  if (!sent) return beforeSent(failure, aborted)
  const { status } = failure
  if (status !== undefined && !aborted) return byAnswer({ ...failure, status }, refusalOf, now)
  return failureByStatus(networkFailure(error, failure, aborted), [], now)
}

const networkFailure = (error: unknown, { name, nodeCode, tunnelStatus }: AwsError, aborted: boolean) => {
  const beforeSending = { type: 'failure', phase: 'before-sent' } as const
  if (!aborted && nodeCode === 'ERR_PROXY_TUNNEL') {
    const cause = tunnelStatus === undefined ? 'proxy-connection-reset' : `proxy-http-${tunnelStatus}`
    // A gateway's 5xx passes; a 4xx says that the proxy does not let this call through.
    return { ...beforeSending, cause, misconfigured: cause.startsWith('proxy-http-4') }
  }
  // The SDK's own time-out has no code, and only connecting has one.
  if (!aborted && name === 'TimeoutError' && nodeCode === undefined)
    return { ...beforeSending, cause: 'connect-timeout', misconfigured: false }
  return classifyNetworkError(error, aborted)
}
