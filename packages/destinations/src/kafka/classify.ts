import type { FailedOutcome } from '@mensageria/core'
import { classifyNetworkError } from '@mensageria/runtime'
import { kindOf } from './codes.ts'
import { KafkaStateError } from './kafka-state-error.ts'

/**
 * How a batch failed. `refusesRecords`: for what is in one of its records, so that the others may pass alone. `answered`: a broker
 * said so, and not the network.
 */
export type Failure = { outcome: FailedOutcome; refusesRecords: boolean; answered: boolean }

const REFUSES_RECORDS = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
  'INVALID_TIMESTAMP',
])

const HINTS: Readonly<Record<string, string>> = {
  UNKNOWN_TOPIC_OR_PARTITION: 'create the topic, or correct it in the row',
  INVALID_TOPIC_EXCEPTION: 'correct the topic in the row',
  TOPIC_AUTHORIZATION_FAILED: 'the user needs the right to write to the topic',
  CLUSTER_AUTHORIZATION_FAILED: 'the user needs the right to write to the topic',
  SASL_AUTHENTICATION_FAILED: 'check user and password',
  UNSUPPORTED_SASL_MECHANISM: 'the brokers offer other ways to sign in: correct sasl in the row',
  ILLEGAL_SASL_STATE: 'this listener knows no sign-in: correct sasl or the port in the row',
  INVALID_RECORD: 'the topic has a rule that our records do not fit',
  INVALID_TIMESTAMP:
    "compare the clocks of this machine and of the broker, and the topic's message.timestamp settings",
}

// By field, not by class: this file loads no SDK, and errors of the library, of Node and of TLS share no other base.
const textOf = (error: unknown, key: 'apiId' | 'code' | 'message' | 'name'): string => {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined
  return typeof value === 'string' ? value : ''
}

// What each of the library's wrappers is about: several brokers were tried, an answer has several codes, one error has a cause.
const leavesOf = (error: unknown): unknown[] => {
  if (typeof error !== 'object' || error === null) return [error]
  const inner: unknown = Reflect.get(error, 'errors')
  if (Array.isArray(inner) && inner.length > 0) return inner.flatMap(leavesOf)
  const cause: unknown = Reflect.get(error, 'cause')
  return cause === undefined ? [error] : leavesOf(cause)
}

const byCode = (code: string, sent: boolean): Failure => {
  const kind = kindOf(code, sent)
  const name = code.toLowerCase().replaceAll('_', '-')
  const hint = HINTS[code]
  const message = `The broker answered ${code}${hint === undefined ? '' : `: ${hint}`}`
  return {
    outcome: { kind, cause: kind === 'rejected' ? `rejected:${name}` : name, message },
    refusesRecords: REFUSES_RECORDS.has(code),
    answered: true,
  }
}

// Errors that the library makes itself and that have nothing but their words.
const WORDS: readonly [words: RegExp, cause: string][] = [
  [/^Broker requires TLS/, 'tls'],
  [/^SASL /, 'sasl'],
  [/not available in the current cluster metadata/, 'no-leader'],
  [/timed out|^Not done after/, 'timeout'],
  [/ is closed/, 'client-closed'],
  [/^Connection closed/, 'connection-closed'],
]
const MISCONFIGURED = new Set(['tls', 'sasl', 'dns'])
const BEFORE_SENT = new Set(['no-leader', 'client-closed'])

const byNetwork = (error: unknown, sent: boolean): FailedOutcome => {
  const words = textOf(error, 'message')
  const network = classifyNetworkError(error, false)
  const cause = WORDS.find(([pattern]) => pattern.test(words))?.[1] ?? network.cause
  if (MISCONFIGURED.has(cause))
    return { kind: 'misconfigured', cause, message: `No connection could be made: ${cause}` }
  return sent && network.phase === 'after-sent' && !BEFORE_SENT.has(cause)
    ? { kind: 'unknown', cause, message: `The batch went out and no answer came: ${cause}` }
    : { kind: 'transient', cause, message: `The brokers could not be reached: ${cause}` }
}

const byState = (state: KafkaStateError['state']): FailedOutcome =>
  state === 'tls'
    ? {
        kind: 'misconfigured',
        cause: state,
        message: 'The files of the certificates cannot be read any more',
      }
    : { kind: 'transient', cause: state, message: `The batch was not sent: ${state}` }

const UNKNOWN_TOPIC = /^Unknown topic /

const codeOf = (error: unknown): string =>
  // The library gives this one answer other words, and no code.
  UNKNOWN_TOPIC.test(textOf(error, 'message')) ? 'UNKNOWN_TOPIC_OR_PARTITION' : textOf(error, 'apiId')

// A code for one record comes with that of its batch, and is always this one.
const LEAST = 'UNKNOWN_SERVER_ERROR'

const unanswered = (outcome: FailedOutcome): Failure => ({ outcome, refusesRecords: false, answered: false })

/** What an error of the client means. `sent`: the batch may have been on its way. Pure. */
export const classify = (error: unknown, sent: boolean): Failure => {
  if (error instanceof KafkaStateError) return unanswered(byState(error.state))
  const leaves = leavesOf(error)
  const codes = leaves.map(codeOf).filter((code) => code !== '')
  const code = codes.find((each) => each !== LEAST) ?? codes[0]
  if (code !== undefined) return byCode(code, sent)
  const outcomes = leaves.map((leaf) => byNetwork(leaf, sent))
  // One broker of several that has a wrong name is no reason to wake anybody while the others are only away.
  const outcome = outcomes.find(({ kind }) => kind !== 'misconfigured') ?? byNetwork(leaves[0], sent)
  return unanswered(outcome)
}
