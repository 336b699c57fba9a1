import { toEvent } from '@mensageria/contracts'
import { center } from '@mensageria/contracts/samples'
import { toMessage } from '../to-message.ts'
import { toEnvelope } from './to-envelope.ts'

const ROW = { exchange: 'centers', routingKey: 'center.{type}' }
const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

test('an event has its attributes as headers, and is the same for every attempt', () => {
  const message = toMessage(toEvent(center, TRACEPARENT), 'key-1')
  const envelope = toEnvelope(ROW, message)
  expect(envelope).toEqual({
    exchange: 'centers',
    routingKey: 'center.registered',
    mandatory: true,
    durable: true,
    messageId: message.eventId,
    contentType: 'application/json',
    timestamp: Date.parse(center.updatedAt) / 1000,
    headers: {
      'cloudEvents:specversion': '1.0',
      'cloudEvents:id': message.eventId,
      'cloudEvents:source': '/mensageria/registration',
      'cloudEvents:type': 'br.mensageria.distribution-center.registered.v1',
      'cloudEvents:subject': center.id,
      'cloudEvents:time': center.updatedAt,
      'cloudEvents:sequence': '1',
      'idempotency-key': 'key-1',
      traceparent: TRACEPARENT,
    },
  })
  expect(toEnvelope(ROW, message)).toEqual(envelope)
})

test('an update has a routing key of its own, and an event without a trace no header for it', () => {
  const { routingKey, headers } = toEnvelope(
    ROW,
    toMessage(toEvent({ ...center, version: 2 }, undefined), 'k'),
  )
  expect(routingKey).toBe('center.updated')
  expect(headers).not.toHaveProperty('traceparent')
})
