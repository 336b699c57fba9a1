import { defined } from '@mensageria/contracts'
import type { OutgoingMessage } from '../to-message.ts'

// CloudEvents HTTP binding 3.1.3.2: what is no printable ASCII, and space, quote and percent sign, is percent-encoded.
const ENCODED = /[^\u0021\u0023\u0024\u0026-\u007e]/gu

/** The value of an attribute as a header may hold it. */
export const encodeValue = (value: string): string =>
  value.toWellFormed().replaceAll(ENCODED, encodeURIComponent)

/** The headers of one message, in binary mode of the CloudEvents HTTP binding. */
export const toHeaders = ({
  attributes,
  eventId,
  idempotencyKey,
  traceparent,
}: OutgoingMessage): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [`ce-${name}`, encodeValue(value)]),
  ),
  // The key by which receivers of Standard Webhooks know a repetition, whether it is signed or not.
  'webhook-id': eventId,
  'idempotency-key': idempotencyKey,
  ...defined({ traceparent }),
})
