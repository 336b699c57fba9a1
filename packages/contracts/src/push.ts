import { z } from 'zod'

/**
 * The wrapped body of a Pub/Sub push. Both spellings of an id are sent by the platform; fields we do not
 * know are accepted.
 */
export const PushEnvelope = z.object({
  message: z.object({
    attributes: z.record(z.string().max(256), z.string().max(1024)).default({}),
    data: z.base64().default(''),
    messageId: z.string().min(1).max(128),
    publishTime: z.iso.datetime({ offset: true }),
  }),
  subscription: z.string().min(1).max(512),
  deliveryAttempt: z.int().min(1).optional(),
})
export type PushEnvelope = z.output<typeof PushEnvelope>

/** Attributes that the broker adds to a dead letter, named as Pub/Sub names them. */
export const DEAD_LETTER_ATTRIBUTES = {
  deliveryCount: 'CloudPubSubDeadLetterSourceDeliveryCount',
  subscription: 'CloudPubSubDeadLetterSourceSubscription',
  subscriptionProject: 'CloudPubSubDeadLetterSourceSubscriptionProject',
  topicPublishTime: 'CloudPubSubDeadLetterSourceTopicPublishTime',
} as const

/** Attribute of a push that the sweeper hands over itself: `recovery`, `heal`, or a redrive's id. */
export const HANDOVER_ATTRIBUTE = 'handover'
