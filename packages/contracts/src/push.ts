import { z } from 'zod'

// The platform sends each of the two in both spellings; either is enough.
const inOneSpelling = (message: unknown): unknown => {
  if (typeof message !== 'object' || message === null) return message
  const { message_id: messageId, publish_time: publishTime }: Record<string, unknown> = { ...message }
  return { messageId, publishTime, ...message }
}

const envelopeOf = <Data extends z.ZodType<string, string | undefined>>(data: Data) =>
  z.object({
    message: z.preprocess(
      inOneSpelling,
      z.object({
        attributes: z.record(z.string().max(256), z.string().max(1024)).default({}),
        data,
        messageId: z.string().min(1).max(128),
        publishTime: z.iso.datetime({ offset: true }),
      }),
    ),
    subscription: z.string().min(1).max(512),
    deliveryAttempt: z.int().min(1).optional(),
  })

/** The wrapped body of a Pub/Sub push. Fields we do not know are accepted. */
export const PushEnvelope = envelopeOf(z.base64().default(''))
export type PushEnvelope = z.output<typeof PushEnvelope>

/** The same with data that may be no base64: the store of unreadable messages must not refuse it. */
export const RawPushEnvelope = envelopeOf(z.string().default(''))

/** Attributes that the broker adds to a dead letter, named as Pub/Sub names them. */
export const DEAD_LETTER_ATTRIBUTES = {
  deliveryCount: 'CloudPubSubDeadLetterSourceDeliveryCount',
  subscription: 'CloudPubSubDeadLetterSourceSubscription',
  subscriptionProject: 'CloudPubSubDeadLetterSourceSubscriptionProject',
  topicPublishTime: 'CloudPubSubDeadLetterSourceTopicPublishTime',
} as const

/** Attribute of a push that the sweeper hands over itself: `recovery`, `heal`, or a redrive's id. */
export const HANDOVER_ATTRIBUTE = 'handover'

/** Attribute beside it: `true` where the person who asked for a redrive wants delivered rows sent again. */
export const HANDOVER_FORCE_ATTRIBUTE = 'handover-force'
