import { z } from 'zod'
import { SnsTarget, SqsTarget } from './aws.ts'
import type { DestinationKind } from './destination-kind.ts'
import { KafkaTarget } from './kafka.ts'
import { PubsubTarget } from './pubsub.ts'
import { RabbitmqTarget } from './rabbitmq.ts'
import { WebhookTarget } from './webhook.ts'

/** Where a destination by configuration is, by its kind. No secret is in it. */
export const Destination = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('webhook'), target: WebhookTarget }),
  z.object({ kind: z.literal('rabbitmq'), target: RabbitmqTarget }),
  z.object({ kind: z.literal('kafka'), target: KafkaTarget }),
  z.object({ kind: z.literal('sns'), target: SnsTarget }),
  z.object({ kind: z.literal('sqs'), target: SqsTarget }),
  z.object({ kind: z.literal('pubsub'), target: PubsubTarget }),
])
export type Destination = z.output<typeof Destination>

/** What one kind asks of its target. */
export type TargetOf<Kind extends DestinationKind> = Extract<Destination, { kind: Kind }>['target']

/** The destinations of some kinds, for code that is the same for each kind. */
export type DestinationOf<Kind extends DestinationKind> = {
  [Each in Kind]: { kind: Each; target: TargetOf<Each> }
}[Kind]
