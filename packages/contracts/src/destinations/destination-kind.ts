import { z } from 'zod'

/** The kinds of destinations that a row of the list can name. */
export const DestinationKind = z.enum(['webhook', 'rabbitmq', 'kafka', 'sns', 'sqs', 'pubsub'])
export type DestinationKind = z.output<typeof DestinationKind>
