import type { OutgoingMessage } from '../to-message.ts'

/** What Pub/Sub carries: data, attributes, and the key that keeps the order of one center. */
export type PubsubMessage = { data: Buffer; attributes: Record<string, string>; orderingKey?: string }

/** The message in binary mode of the CloudEvents binding for Pub/Sub: attributes of the event with `ce-` before their names. */
export const toPubsubMessage = (
  { attributes, body, idempotencyKey, traceparent, centerId }: OutgoingMessage,
  { ordering }: { ordering: boolean },
): PubsubMessage => ({
  data: Buffer.from(body),
  attributes: {
    ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce-${name}`, value])),
    'ce-datacontenttype': 'application/json',
    'idempotency-key': idempotencyKey,
    ...(traceparent === undefined ? {} : { traceparent }),
  },
  ...(ordering ? { orderingKey: centerId } : {}),
})

/** The most that Pub/Sub takes in one request, of which a message is all but some words. */
export const REQUEST_BYTES_MAX = 10_000_000
// What a request says besides: names of fields, lengths, the topic.
const AROUND_BYTES = 1_024

/** How many bytes of a request the message takes at most. */
export const bytesOf = ({ data, attributes, orderingKey = '' }: PubsubMessage): number =>
  Object.entries(attributes).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value) + 8,
    data.length + orderingKey.length + AROUND_BYTES,
  )
