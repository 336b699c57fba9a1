import type { Envelope } from 'rabbitmq-client'
import type { OutgoingMessage } from '../to-message.ts'
import { routingKeyOf, type RabbitmqSettings } from './settings.ts'

const PREFIX = 'cloudEvents:'

/**
 * Properties and headers of one message, by the CloudEvents binding for AMQP; AMQP 0-9-1 has headers where 1.0 has application
 * properties. The same for every attempt.
 */
export const toEnvelope = (
  { exchange, routingKey }: Pick<RabbitmqSettings, 'exchange' | 'routingKey'>,
  { attributes, eventId, idempotencyKey, traceparent, type }: OutgoingMessage,
): Envelope => ({
  exchange,
  routingKey: routingKeyOf(routingKey, type),
  // Returned where no queue takes it, and kept over a restart of the broker where one does.
  mandatory: true,
  durable: true,
  messageId: eventId,
  contentType: 'application/json',
  timestamp: Math.floor(Date.parse(attributes['time'] ?? '') / 1000),
  headers: {
    ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`${PREFIX}${name}`, value])),
    'idempotency-key': idempotencyKey,
    ...(traceparent === undefined ? {} : { traceparent }),
  },
})
