import { z } from 'zod'
import { address } from './address.ts'

/** An exchange of RabbitMQ. The path of the address is the virtual host. */
export const RabbitmqTarget = z.strictObject({
  url: address({ secure: 'amqps', plain: 'amqp', example: 'amqps://rabbit.example/vhost' }),
  exchange: z.string().min(1).max(255),
  /** `{type}` stands for `registered` or `updated`. */
  routing_key: z.string().max(255).default('center.{type}'),
})
