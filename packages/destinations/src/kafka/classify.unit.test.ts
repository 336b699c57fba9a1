import {
  AuthenticationError,
  MultipleErrors,
  NetworkError,
  ProtocolError,
  TimeoutError,
  UserError,
} from '@platformatic/kafka'
import { classify } from './classify.ts'
import { KafkaStateError } from './kafka-state-error.ts'

const failed = (...errors: Error[]) => new MultipleErrors('Producing messages failed.', errors)
const answered = (...codes: string[]) =>
  failed(
    new MultipleErrors(
      'Received response',
      codes.map((code) => new ProtocolError(code)),
    ),
  )
const system = (code: string, syscall: string) => Object.assign(new Error(code), { code, syscall })
const unreachable = (cause: Error) =>
  failed(new NetworkError('Connection to 10.0.0.1:9092 failed.', { cause }))

const NO_CODE = 'UNKNOWN_SERVER_ERROR'

test.each([
  ['MESSAGE_TOO_LARGE', 'rejected', 'rejected:message-too-large'],
  ['RECORD_LIST_TOO_LARGE', 'rejected', 'rejected:record-list-too-large'],
  ['UNKNOWN_TOPIC_OR_PARTITION', 'misconfigured', 'unknown-topic-or-partition'],
  ['TOPIC_AUTHORIZATION_FAILED', 'misconfigured', 'topic-authorization-failed'],
  ['INVALID_RECORD', 'misconfigured', 'invalid-record'],
  ['NOT_ENOUGH_REPLICAS', 'transient', 'not-enough-replicas'],
  ['NOT_ENOUGH_REPLICAS_AFTER_APPEND', 'unknown', 'not-enough-replicas-after-append'],
  ['REQUEST_TIMED_OUT', 'unknown', 'request-timed-out'],
  ['OUT_OF_ORDER_SEQUENCE_NUMBER', 'transient', 'out-of-order-sequence-number'],
  [NO_CODE, 'unknown', 'unknown-server-error'],
])('the answer %s is %s', (code, kind, cause) => {
  expect(classify(answered(code), true).outcome).toMatchObject({ kind, cause })
})

test('a message says what to do', () => {
  const { outcome } = classify(answered('UNKNOWN_TOPIC_OR_PARTITION'), true)
  expect(outcome.message).toBe(
    'The broker answered UNKNOWN_TOPIC_OR_PARTITION: create the topic, or correct it in the row',
  )
  expect(classify(answered('NOT_ENOUGH_REPLICAS'), true).outcome.message).toBe(
    'The broker answered NOT_ENOUGH_REPLICAS',
  )
})

test('the code of a batch counts, and not the one that comes with each of its records', () => {
  const { outcome, refusesRecords } = classify(answered(NO_CODE, 'INVALID_TIMESTAMP'), true)
  expect([outcome.cause, refusesRecords]).toEqual(['invalid-timestamp', true])
})

test('only what a record has in it is the reason to send the others alone', () => {
  const refusing = ['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE', 'INVALID_RECORD', 'INVALID_TIMESTAMP']
  const codes = [...refusing, 'TOPIC_AUTHORIZATION_FAILED', 'NOT_ENOUGH_REPLICAS', NO_CODE]
  expect(codes.filter((code) => classify(answered(code), true).refusesRecords)).toEqual(refusing)
})

test('the topic that the library does not find has no code, and is known by its words', () => {
  const error = failed(new UserError('Unknown topic centers.'))
  expect(classify(error, false).outcome).toMatchObject({
    kind: 'misconfigured',
    cause: 'unknown-topic-or-partition',
  })
})

const refusedSignIn = new AuthenticationError('SASL authentication failed.', {
  cause: answered('SASL_AUTHENTICATION_FAILED'),
})

test.each([
  ['a refused sign-in', unreachable(refusedSignIn), 'misconfigured', 'sasl-authentication-failed'],
  [
    'a server that cannot prove itself',
    unreachable(new AuthenticationError('SASL authentication failed.')),
    'misconfigured',
    'sasl',
  ],
  [
    'a connection that ends while it signs in',
    unreachable(
      new AuthenticationError('Cannot find a suitable SASL mechanism.', {
        cause: new NetworkError('Connection closed'),
      }),
    ),
    'transient',
    'connection-closed',
  ],
  ['nobody at the port', unreachable(system('ECONNREFUSED', 'connect')), 'transient', 'connection-refused'],
  ['a name that is not known', unreachable(system('ENOTFOUND', 'getaddrinfo')), 'misconfigured', 'dns'],
  [
    'a certificate of a stranger',
    unreachable(system('UNABLE_TO_VERIFY_LEAF_SIGNATURE', '')),
    'misconfigured',
    'tls',
  ],
  ['a listener that speaks TLS', new UserError('Broker requires TLS.'), 'misconfigured', 'tls'],
  [
    'a connection that takes too long',
    new TimeoutError('Connection to k1:9092 timed out.'),
    'transient',
    'timeout',
  ],
  ['an answer that takes too long', new TimeoutError('Request timed out'), 'transient', 'timeout'],
  [
    'a leader that nobody knows',
    new NetworkError('Cannot get a connection: the broker is not available in the current cluster metadata.'),
    'transient',
    'no-leader',
  ],
  ['a step without an end', new Error('Not done after 20000 ms'), 'transient', 'timeout'],
])('before anything is sent, %s is so', (_, error, kind, cause) => {
  expect(classify(error, false).outcome).toMatchObject({ kind, cause })
})

test.each([
  ['an answer that does not come', failed(new TimeoutError('Request timed out')), 'unknown', 'timeout'],
  ['a connection that ends', failed(new NetworkError('Connection closed')), 'unknown', 'connection-closed'],
  ['a step without an end', new Error('Not done after 20000 ms'), 'unknown', 'timeout'],
  ['an error of nobody', new Error('?'), 'unknown', 'network'],
  ['something that is no error', 'text', 'unknown', 'network'],
  [
    'a connection that is refused',
    unreachable(system('ECONNREFUSED', 'connect')),
    'transient',
    'connection-refused',
  ],
  ['a client that is closed', new NetworkError('Client is closed.'), 'transient', 'client-closed'],
  [
    'a leader that nobody knows',
    failed(
      new NetworkError(
        'Cannot get a connection: the broker is not available in the current cluster metadata.',
      ),
    ),
    'transient',
    'no-leader',
  ],
])('after sending, %s is so', (_, error, kind, cause) => {
  expect(classify(error, true).outcome).toMatchObject({ kind, cause })
})

test('one wrong name among brokers that are only away wakes nobody', () => {
  const wrong = unreachable(system('ENOTFOUND', 'getaddrinfo'))
  const away = unreachable(system('ECONNREFUSED', 'connect'))
  expect(classify(failed(wrong, away), false).outcome).toMatchObject({ kind: 'transient' })
  expect(classify(failed(wrong, wrong), false).outcome).toMatchObject({ kind: 'misconfigured', cause: 'dns' })
})

test('what our own client finds before sending is never in doubt', () => {
  expect(classify(new KafkaStateError('client-closed'), true).outcome).toMatchObject({ kind: 'transient' })
  expect(classify(new KafkaStateError('tls'), false).outcome).toMatchObject({
    kind: 'misconfigured',
    cause: 'tls',
  })
})
