import { toEvent } from '@mensageria/contracts'
import { center } from '@mensageria/contracts/samples'
import { toMessage } from '../to-message.ts'
import { toBatches } from './batches.ts'
import { bytesOf, partitionOf, toRecord } from './to-record.ts'

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
const message = toMessage(toEvent(center, traceparent), 'key-1')

const textsOf = (headers: Map<Buffer, Buffer>) =>
  Object.fromEntries(Array.from(headers, ([name, value]) => [String(name), String(value)]))

test('a record is the event in binary mode of the CloudEvents Kafka binding', () => {
  const { key, value, headers } = toRecord(message)
  expect(String(key)).toBe(center.id)
  expect(JSON.parse(String(value))).toEqual(center)
  const { id, source, type, subject, time } = toEvent(center, undefined)
  expect(textsOf(headers)).toEqual({
    ce_specversion: '1.0',
    ce_id: id,
    ce_source: source,
    ce_type: type,
    ce_subject: subject,
    ce_time: time,
    ce_sequence: String(center.version),
    'content-type': 'application/json',
    'idempotency-key': 'key-1',
    traceparent,
  })
})

test('without a trace there is no header for it', () => {
  expect(textsOf(toRecord(toMessage(toEvent(center, undefined), 'k')).headers)).not.toHaveProperty(
    'traceparent',
  )
})

// From Utils.toPositive(Utils.murmur2(key)) % partitions of kafka-clients 4.1.1, of 12 and of 7 partitions.
test.each([
  ['3f2b8c1e-0d4a-5b6c-8d7e-9f0a1b2c3d4e', 3, 6],
  ['00000000-0000-5000-8000-000000000000', 9, 1],
  ['ffffffff-ffff-5fff-bfff-ffffffffffff', 0, 3],
  ['6ba7b810-9dad-51d1-80b4-00c04fd430c8', 4, 6],
  ['a', 4, 5],
  ['ab', 2, 0],
  ['abc', 3, 4],
  ['abcd', 8, 5],
  ['centro-é', 5, 2],
])("%s is in the partition where Kafka's own clients write it", (key, ofTwelve, ofSeven) => {
  expect([partitionOf(Buffer.from(key), 12), partitionOf(Buffer.from(key), 7)]).toEqual([ofTwelve, ofSeven])
})

const recordOf = (key: string, bytes = 0) => ({
  key: Buffer.from(key),
  value: Buffer.alloc(bytes),
  headers: new Map(),
})
const itemOf = (name: string, key: string, bytes = 0) => ({ name, record: recordOf(key, bytes) })
const namesOf = (batches: ReturnType<typeof toBatches<ReturnType<typeof itemOf>>>) =>
  batches.map(({ partition, items }) => [partition, ...items.map(({ name }) => name)])

test('what waits becomes one batch for each partition, in its order', () => {
  const items = [itemOf('1', 'a'), itemOf('2', 'ab'), itemOf('3', 'a'), itemOf('4', 'ab')]
  expect(namesOf(toBatches(items, 12))).toEqual([
    [4, '1', '3'],
    [2, '2', '4'],
  ])
  expect(toBatches([], 12)).toEqual([])
})

test('a batch is half of what a broker takes at most; what is larger goes alone', () => {
  const items = [
    itemOf('1', 'a', 300_000),
    itemOf('2', 'a', 300_000),
    itemOf('3', 'a', 9e6),
    itemOf('4', 'a', 1),
  ]
  expect(namesOf(toBatches(items, 12))).toEqual([
    [4, '1'],
    [4, '2'],
    [4, '3'],
    [4, '4'],
  ])
})

test('the size of a record counts all of it', () => {
  const { key, value, headers } = toRecord(message)
  const texts = Object.entries(textsOf(headers)).flat().join('')
  expect(bytesOf({ key, value, headers })).toBeGreaterThanOrEqual(key.length + value.length + texts.length)
})
