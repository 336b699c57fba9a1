import { defined } from '@mensageria/contracts'
import type { Outcome } from '@mensageria/core'
import type { OutgoingMessage } from '../to-message.ts'

export type TextAttribute = { DataType: 'String'; StringValue: string }

/**
 * The attributes of a message of SNS and SQS: the event's own with `ce-` before their names, the trace and the idempotency key.
 * They are ten, as many as SQS takes.
 */
export const toAttributes = ({
  attributes,
  idempotencyKey,
  traceparent,
}: OutgoingMessage): Record<string, TextAttribute> => {
  const ce = Object.entries({ ...attributes, datacontenttype: 'application/json' })
  const texts = {
    ...Object.fromEntries(ce.map(([name, value]) => [`ce-${name}`, value])),
    'idempotency-key': idempotencyKey,
    ...defined({ traceparent }),
  }
  return Object.fromEntries(
    Object.entries(texts).map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
  )
}

/**
 * What a FIFO topic or queue asks for, by its name: the versions of one center are one group, in which it keeps the order, and
 * within five minutes it takes one message for each idempotency key. A standard one gets neither.
 */
export const fifoOf = (
  name: string,
  { centerId, idempotencyKey }: OutgoingMessage,
): { MessageGroupId?: string; MessageDeduplicationId?: string } =>
  name.endsWith('.fifo') ? { MessageGroupId: centerId, MessageDeduplicationId: idempotencyKey } : {}

// What a topic or queue can take at most (1 MiB); one that takes less says so in its answer.
const BYTES_MAX = 1_048_576

const bytesOf = (body: string, attributes: Readonly<Record<string, TextAttribute>>): number =>
  Object.entries(attributes).reduce(
    (sum, [name, { DataType, StringValue }]) => sum + Buffer.byteLength(name + DataType + StringValue),
    Buffer.byteLength(body),
  )

/** The refusal of a message that no topic and no queue takes; it is not sent, for their answer to it is no proof of anything. */
export const tooLarge = (
  body: string,
  attributes: Readonly<Record<string, TextAttribute>>,
): Outcome | undefined => {
  const bytes = bytesOf(body, attributes)
  if (bytes <= BYTES_MAX) return undefined
  const message = `The message has ${bytes} bytes, and ${BYTES_MAX} are taken at most`
  return { kind: 'rejected', cause: 'rejected:message-too-large', message }
}
