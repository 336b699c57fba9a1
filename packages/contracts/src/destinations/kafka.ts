import { z } from 'zod'

const BROKER_FORM = 'Must be host:port, for example k1.example:9092'
const BROKERS_FORM = 'Must be a list of 1 to 20 brokers, for example ["k1.example:9092"]'
const TOPIC_FORM = 'Must be a topic: letters, digits, dots, underscores and hyphens, 249 at most'
const PORT_MAX = 65_535

const broker = z
  .string({ error: BROKER_FORM })
  .max(300, { error: BROKER_FORM })
  .regex(/^(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]):[1-9][0-9]{0,4}$/, { error: BROKER_FORM, abort: true })
  .refine((value) => Number(value.split(':').at(-1)) <= PORT_MAX, { error: BROKER_FORM })

/** A topic of Kafka. */
export const KafkaTarget = z.strictObject({
  brokers: z
    .array(broker, { error: BROKERS_FORM })
    .min(1, { error: BROKERS_FORM })
    .max(20, { error: BROKERS_FORM }),
  topic: z.string({ error: TOPIC_FORM }).regex(/^(?!\.{1,2}$)[A-Za-z0-9._-]{1,249}$/, { error: TOPIC_FORM }),
  /** How the connection signs in, with NAME_USERNAME and NAME_PASSWORD; not at all unless given. */
  sasl: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']).optional(),
  tls: z.boolean().default(false),
})
