import { z } from 'zod'

const TOPIC_FORM = 'Must be a topic like projects/other-project/topics/centers'

/** A topic of Google Cloud Pub/Sub, in this project or another. */
export const PubsubTarget = z.strictObject({
  topic: z
    .string({ error: TOPIC_FORM })
    .regex(/^projects\/[a-z][a-z0-9:.-]{2,61}[a-z0-9]\/topics\/(?!goog)[A-Za-z][A-Za-z0-9._~+%-]{2,254}$/, {
      error: TOPIC_FORM,
    }),
  /** Publishes with the center as ordering key, for subscriptions that keep its order. */
  ordering: z.boolean().default(false),
})
