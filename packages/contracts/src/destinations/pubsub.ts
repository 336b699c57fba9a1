import { z } from 'zod'

/** A topic of Google Cloud Pub/Sub, in this project or another. */
export const PubsubTarget = z.strictObject({
  topic: z
    .string()
    .regex(/^projects\/[a-z][a-z0-9:.-]{2,61}[a-z0-9]\/topics\/(?!goog)[A-Za-z][A-Za-z0-9._~+%-]{2,254}$/, {
      error: 'Must be a topic like projects/other/topics/centers',
    }),
  /** Publishes with the center as ordering key, for subscriptions that keep its order. */
  ordering: z.boolean().default(false),
})
