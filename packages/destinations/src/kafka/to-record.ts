import { murmur2 } from '@platformatic/kafka'
import type { OutgoingMessage } from '../to-message.ts'

/** One record of the topic, without the topic. */
export type KafkaRecord = { key: Buffer; value: Buffer; headers: Map<Buffer, Buffer> }

/**
 * The event in binary mode of the CloudEvents Kafka binding; its key is the center. Its timestamp is the time of sending: a topic
 * keeps records by their age, and a center that was brought back after weeks would be deleted at once.
 */
export const toRecord = (message: OutgoingMessage): KafkaRecord => {
  const { attributes, body, centerId, idempotencyKey, traceparent } = message
  const headers = [
    ...Object.entries(attributes).map(([name, value]) => [`ce_${name}`, value] as const),
    ['content-type', 'application/json'] as const,
    ['idempotency-key', idempotencyKey] as const,
    ...(traceparent === undefined ? [] : [['traceparent', traceparent] as const]),
  ]
  return {
    key: Buffer.from(centerId),
    value: Buffer.from(body),
    headers: new Map(headers.map(([name, value]) => [Buffer.from(name), Buffer.from(value)])),
  }
}

/** What the record takes in a batch, about: each field has its length before it. */
export const bytesOf = ({ key, value, headers }: KafkaRecord): number =>
  [...headers].reduce(
    (sum, [name, text]) => sum + name.length + text.length + 4,
    key.length + value.length + 16,
  )

/**
 * The partition of a key, as Kafka's own clients choose it: all that is written about one center by anybody is in one. The
 * library's default differs where the hash is negative and the number of partitions no power of two.
 */
export const partitionOf = (key: Buffer, partitions: number): number =>
  (murmur2(key) & 0x7f_ff_ff_ff) % partitions
