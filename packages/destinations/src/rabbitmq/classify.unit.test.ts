import { blocked, classify, unroutable } from './classify.ts'

// As the library throws them: the code of the broker, and its words behind the method that they answer.
const amqp = (code: string, message: string) => Object.assign(new Error(message), { name: 'AMQPError', code })
const node = (code: string, more: object = {}) => Object.assign(new Error('socket'), { code, ...more })
const BEFORE = { phase: 'before-sent', aborted: false } as const
const AFTER = { phase: 'after-sent', aborted: false } as const

test.each([
  [amqp('ACCESS_REFUSED', 'ConnectionStartOK: Login was refused'), 'access-refused'],
  [amqp('NOT_ALLOWED', 'ConnectionOpen: vhost sales not found'), 'vhost-not-allowed'],
  [amqp('VERSION_MISMATCH', 'this version of AMQP is not supported'), 'not-amqp'],
  [node('ENOTFOUND', { syscall: 'getaddrinfo' }), 'dns'],
  [node('DEPTH_ZERO_SELF_SIGNED_CERT'), 'tls'],
  [node('ERR_SSL_FILES'), 'tls'],
])('%s before the message went out is a configuration error', (error, cause) => {
  expect(classify({ error, ...BEFORE })).toMatchObject({ kind: 'misconfigured', cause })
})

test.each([
  [node('ECONNREFUSED', { syscall: 'connect' }), 'connection-refused'],
  [node('ECONNRESET'), 'connection-reset'],
  [amqp('CONNECTION_TIMEOUT', 'connection timed out'), 'connect-timeout'],
  [amqp('CONN_CLOSE', 'socket closed unexpectedly by server'), 'connection-closed'],
  [amqp('CONNECTION_FORCED', 'broker forced connection closure'), 'connection-closed'],
  [amqp('CLOSING', 'channel creation failed; connection is closing'), 'closing'],
  ['something else', 'network'],
])('%s before the message went out is transient', (error, cause) => {
  expect(classify({ error, ...BEFORE })).toMatchObject({ kind: 'transient', cause })
})

test.each([
  [amqp('NOT_FOUND', "BasicPublish: NOT_FOUND - no exchange 'x'"), 'exchange-not-found'],
  [amqp('ACCESS_REFUSED', 'BasicPublish: ACCESS_REFUSED - write access'), 'access-refused'],
  [amqp('PRECONDITION_FAILED', 'BasicPublish: invalid priority'), 'precondition-failed'],
])('%s after it went out is a configuration error', (error, cause) => {
  expect(classify({ error, ...AFTER })).toMatchObject({ kind: 'misconfigured', cause })
})

test.each([
  [amqp('CONN_CLOSE', 'socket closed unexpectedly by server'), 'connection-closed'],
  [amqp('SOCKET_TIMEOUT', 'socket timed out (no heartbeat)'), 'no-heartbeat'],
  [amqp('CH_CLOSE', 'channel is closed'), 'channel-closed'],
  [amqp('CLOSING', 'connection is closed'), 'closing'],
  [amqp('INTERNAL_ERROR', 'INTERNAL_ERROR'), 'network'],
  [node('ECONNRESET'), 'connection-reset'],
  [node('DEPTH_ZERO_SELF_SIGNED_CERT'), 'tls'],
])('%s after it went out is in doubt', (error, cause) => {
  expect(classify({ error, ...AFTER })).toMatchObject({ kind: 'unknown', cause })
})

test('a refused login has the words of the broker alone', () => {
  const error = amqp('ACCESS_REFUSED', 'undefined: ACCESS_REFUSED - Login was refused')
  expect(classify({ error, ...BEFORE })).toMatchObject({
    message: 'RabbitMQ answered ACCESS_REFUSED - Login was refused',
  })
})

test('a message that is too large is refused with proof, by the words of the broker', () => {
  const message = 'BasicPublish: PRECONDITION_FAILED - message size 9 is larger than configured max size 8'
  expect(classify({ error: amqp('PRECONDITION_FAILED', message), ...AFTER })).toMatchObject({
    kind: 'rejected',
    cause: 'rejected:message-too-large',
  })
})

test('a queue that is full passes', () => {
  const error = amqp('NACK', 'message rejected by server')
  expect(classify({ error, ...AFTER })).toMatchObject({ kind: 'transient', cause: 'nack' })
})

test('a signal that ended the call: not sent is transient, sent is in doubt, whatever the error was', () => {
  const error = new DOMException('The call took too long', 'TimeoutError')
  expect(classify({ error, phase: 'before-sent', aborted: true })).toMatchObject({
    kind: 'transient',
    cause: 'timeout',
  })
  expect(classify({ error, phase: 'after-sent', aborted: true })).toMatchObject({
    kind: 'unknown',
    cause: 'timeout',
  })
})

test('what no queue takes, and a broker that takes nothing, say so in words', () => {
  expect(unroutable('center.updated')).toMatchObject({ kind: 'misconfigured', cause: 'unroutable' })
  expect(unroutable('center.updated').message).toContain('center.updated')
  expect(blocked('low on memory')).toMatchObject({
    kind: 'transient',
    cause: 'blocked',
    message: 'RabbitMQ takes no messages: low on memory',
  })
})
