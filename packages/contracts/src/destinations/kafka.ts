import { z } from 'zod'

const broker = z
  .string()
  .max(300)
  .regex(/^(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]):[1-9][0-9]{0,4}$/, {
    error: 'Must be host:port, for example k1.example:9092',
  })

/** A topic of Kafka. */
export const KafkaTarget = z.strictObject({
  brokers: z.array(broker).min(1).max(20),
  topic: z.string().regex(/^(?!\.{1,2}$)[A-Za-z0-9._-]{1,249}$/, {
    error: 'Must be a topic: letters, digits, dots, underscores and hyphens, 249 at most',
  }),
  /** How the connection signs in, with NAME_USERNAME and NAME_PASSWORD; not at all unless given. */
  sasl: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']).optional(),
  tls: z.boolean().default(false),
})
