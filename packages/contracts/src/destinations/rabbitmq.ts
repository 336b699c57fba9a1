import { z } from 'zod'
import { address } from './address.ts'

const EXCHANGE_FORM = 'Must be the name of an exchange, 255 characters at most'
const KEY_FORM =
  'Must be a routing key of 255 characters at most, like center.{type}: there is no other placeholder'

/** An exchange of RabbitMQ. The path of the address is the virtual host. */
export const RabbitmqTarget = z.strictObject({
  url: address({ secure: 'amqps', plain: 'amqp', example: 'amqps://rabbit.example/vhost' }),
  exchange: z
    .string({ error: EXCHANGE_FORM })
    .min(1, { error: EXCHANGE_FORM })
    .max(255, { error: EXCHANGE_FORM }),
  /** `{type}` stands for `registered` or `updated`. */
  routing_key: z
    .string({ error: KEY_FORM })
    .max(255, { error: KEY_FORM })
    .regex(/^(?:[^{}]|\{type\})*$/, { error: KEY_FORM })
    .default('center.{type}'),
})
