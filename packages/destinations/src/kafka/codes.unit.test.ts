import { protocolErrors } from '@platformatic/kafka'
import { CODES, kindOf } from './codes.ts'

const known = Object.values(protocolErrors).map(({ id }) => id)
const listed = Object.values(CODES).flat()

test('each code is one of the protocol, and is listed once', () => {
  expect(listed.filter((code) => !known.includes(code))).toEqual([])
  expect(listed).toHaveLength(new Set(listed).size)
})

// What Kafka's ProduceResponse.java, SaslAuthenticateResponse.java, InitProducerIdResponse.java and MetadataResponse.java name.
test('each code that an answer to a producer can have is listed', () => {
  const answers = [
    ...['CORRUPT_MESSAGE', 'UNKNOWN_TOPIC_OR_PARTITION', 'NOT_LEADER_OR_FOLLOWER', 'MESSAGE_TOO_LARGE'],
    ...['INVALID_TOPIC_EXCEPTION', 'RECORD_LIST_TOO_LARGE', 'NOT_ENOUGH_REPLICAS', 'INVALID_REQUIRED_ACKS'],
    ...['NOT_ENOUGH_REPLICAS_AFTER_APPEND', 'TOPIC_AUTHORIZATION_FAILED', 'UNSUPPORTED_FOR_MESSAGE_FORMAT'],
    ...['INVALID_PRODUCER_EPOCH', 'CLUSTER_AUTHORIZATION_FAILED', 'INVALID_RECORD', 'INVALID_TIMESTAMP'],
    ...['TRANSACTIONAL_ID_AUTHORIZATION_FAILED', 'INVALID_PRODUCER_ID_MAPPING', 'REQUEST_TIMED_OUT'],
    ...[
      'KAFKA_STORAGE_ERROR',
      'OUT_OF_ORDER_SEQUENCE_NUMBER',
      'DUPLICATE_SEQUENCE_NUMBER',
      'PRODUCER_FENCED',
    ],
    ...['UNKNOWN_PRODUCER_ID', 'POLICY_VIOLATION', 'UNSUPPORTED_COMPRESSION_TYPE', 'UNKNOWN_SERVER_ERROR'],
    ...[
      'COORDINATOR_LOAD_IN_PROGRESS',
      'COORDINATOR_NOT_AVAILABLE',
      'NOT_COORDINATOR',
      'LEADER_NOT_AVAILABLE',
    ],
    ...['REPLICA_NOT_AVAILABLE', 'LISTENER_NOT_FOUND', 'UNKNOWN_TOPIC_ID', 'UNSUPPORTED_VERSION'],
    ...['SASL_AUTHENTICATION_FAILED', 'UNSUPPORTED_SASL_MECHANISM', 'ILLEGAL_SASL_STATE', 'INVALID_REQUEST'],
  ]
  expect(answers.filter((code) => !listed.includes(code))).toEqual([])
})

test('a code of the protocol that says nothing to a producer proves nothing', () => {
  for (const code of known.filter((each) => !listed.includes(each)))
    expect([code, kindOf(code, true), kindOf(code, false)]).toEqual([code, 'unknown', 'transient'])
  expect(kindOf('A_CODE_OF_KAFKA_9', true)).toBe('unknown')
})

test('of a batch that was not sent, nothing is in doubt', () => {
  expect(listed.map((code) => kindOf(code, false))).not.toContain('unknown')
  expect(kindOf('REQUEST_TIMED_OUT', false)).toBe('transient')
  expect(kindOf('REQUEST_TIMED_OUT', true)).toBe('unknown')
})

test('only the size of a record refuses our data', () => {
  expect(known.filter((code) => kindOf(code, true) === 'rejected')).toEqual([
    'MESSAGE_TOO_LARGE',
    'RECORD_LIST_TOO_LARGE',
  ])
})
