import type { FailedOutcome } from '@mensageria/core'
import { classifyNetworkError } from '@mensageria/runtime'
import { z } from 'zod'

/** What went wrong, and whether the message can have reached the broker by then. */
export type RabbitmqFailure = { error: unknown; phase: 'before-sent' | 'after-sent'; aborted: boolean }

// What the library throws; `code` is the broker's own word or the library's.
const AmqpError = z.object({ name: z.string(), code: z.string().catch(''), message: z.string() }).catch({
  name: '',
  code: '',
  message: '',
})

// The broker's words for what a person must put right, by its code.
const MISCONFIGURED: Readonly<Record<string, string>> = {
  ACCESS_REFUSED: 'access-refused',
  NOT_FOUND: 'exchange-not-found',
  // No such virtual host, or none that this user may enter.
  NOT_ALLOWED: 'vhost-not-allowed',
  INVALID_PATH: 'vhost-not-allowed',
  VERSION_MISMATCH: 'not-amqp',
  PRECONDITION_FAILED: 'precondition-failed',
}

const TOO_LARGE = /^BasicPublish: PRECONDITION_FAILED - message size \d+ is larger than/

// The library puts the method before the broker's words, and has no name for the one that a refused login answers.
const NO_METHOD = /^undefined: /

const byBroker = ({ code, message }: z.output<typeof AmqpError>): FailedOutcome | undefined => {
  if (code === 'PRECONDITION_FAILED' && TOO_LARGE.test(message))
    return {
      kind: 'rejected',
      cause: 'rejected:message-too-large',
      message: `RabbitMQ refused it: ${message}`,
    }
  // A queue that is full, or one that cannot keep it now.
  if (code === 'NACK')
    return { kind: 'transient', cause: 'nack', message: 'RabbitMQ did not take the message: a queue is full' }
  const cause = MISCONFIGURED[code]
  return cause === undefined
    ? undefined
    : { kind: 'misconfigured', cause, message: `RabbitMQ answered ${message.replace(NO_METHOD, '')}` }
}

const lost = (cause: string, phase: RabbitmqFailure['phase']): FailedOutcome =>
  phase === 'before-sent'
    ? { kind: 'transient', cause, message: `RabbitMQ could not be reached: ${cause}` }
    : { kind: 'unknown', cause, message: `The message went out and no confirmation came: ${cause}` }

// The library's own words for an end of the connection, which has no error of a socket then.
const ENDS: Readonly<Record<string, string>> = {
  CONNECTION_TIMEOUT: 'connect-timeout',
  SOCKET_TIMEOUT: 'no-heartbeat',
  CONNECTION_FORCED: 'connection-closed',
  CONN_CLOSE: 'connection-closed',
  CH_CLOSE: 'channel-closed',
  CLOSING: 'closing',
}

/** Says how a message ended that was not confirmed. */
export const classify = ({ error, phase, aborted }: RabbitmqFailure): FailedOutcome => {
  const failure = AmqpError.parse(error)
  const answered = aborted ? undefined : byBroker(failure)
  if (answered) return answered
  const end = aborted ? undefined : ENDS[failure.code]
  if (end !== undefined) return lost(end, phase)
  const { cause, misconfigured } = classifyNetworkError(error, aborted)
  return misconfigured && phase === 'before-sent'
    ? { kind: 'misconfigured', cause, message: `No connection could be made: ${cause}` }
    : lost(cause, phase)
}

/** A message that the exchange led to no queue: it is confirmed, and nobody has it. */
export const unroutable = (routingKey: string): FailedOutcome => ({
  kind: 'misconfigured',
  cause: 'unroutable',
  message: `No queue is bound to the exchange for the routing key ${routingKey}: RabbitMQ returned the message`,
})

/** A broker that takes no messages at the moment, by its own word. */
export const blocked = (reason: string): FailedOutcome => ({
  kind: 'transient',
  cause: 'blocked',
  message: `RabbitMQ takes no messages: ${reason}`,
})
