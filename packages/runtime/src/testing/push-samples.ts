import { toAttributes, toEvent } from '@mensageria/contracts'
import { center } from '@mensageria/contracts/samples'

export const TRACE_ID = '0af7651916cd43dd8448eb211c80319c'

/** An event as it is published. */
export const sampleEvent = toEvent(center, `00-${TRACE_ID}-b7ad6b7169203331-01`)

/** Text as a message carries it. */
export const toData = (text: string | Uint8Array): string => Buffer.from(text).toString('base64')

/** The message of the event, without what the broker adds to it. */
export const sampleMessage = { attributes: toAttributes(sampleEvent), data: toData(JSON.stringify(center)) }

/** A push as Pub/Sub sends it, with what a test changes in its message. */
export const envelopeOf = (message: Record<string, unknown> = {}): Record<string, unknown> => ({
  message: {
    ...sampleMessage,
    messageId: '7',
    message_id: '7',
    publishTime: '2026-11-24T12:00:00.5Z',
    publish_time: '2026-11-24T12:00:00.5Z',
    ...message,
  },
  subscription: 'projects/local/subscriptions/dmitri',
  deliveryAttempt: 3,
})
