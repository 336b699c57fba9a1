import { defined, type DestinationKind, type DestinationOf } from '@mensageria/contracts'
import { guardCall, guardCheck, type BoundIntegration } from '@mensageria/runtime'
import type { DestinationModule, OpenOptions } from './define-destination.ts'
import { toMessage } from './to-message.ts'

type Kinds = { readonly [Kind in DestinationKind]: () => Promise<DestinationModule<Kind>> }

/** The registry: each kind by its folder, so that a process loads the SDK of its own kind alone. */
const KINDS: Kinds = {
  webhook: async () => (await import('./webhook/webhook.ts')).webhook,
  rabbitmq: async () => (await import('./rabbitmq/rabbitmq.ts')).rabbitmq,
  kafka: async () => (await import('./kafka/kafka.ts')).kafka,
  sns: async () => (await import('./sns/sns.ts')).sns,
  sqs: async () => (await import('./sqs/sqs.ts')).sqs,
  pubsub: async () => (await import('./pubsub/pubsub.ts')).pubsub,
}

/**
 * Gives a destination its settings and the way to it. Throws `ConfigError`, which names the row and what to do, where a secret
 * is missing or wrong.
 */
export const bindDestination = async <Kind extends DestinationKind>(
  name: string,
  { kind, target }: DestinationOf<Kind>,
  options: OpenOptions,
): Promise<BoundIntegration> => {
  const { bind } = await KINDS[kind]()
  const { send, check, close, secrets } = bind({ name, target }, options)
  const { logger } = options
  const call = guardCall(
    name,
    { secrets, ...defined({ logger }) },
    (event, { idempotencyKey, signal }, hide) => send(toMessage(event, idempotencyKey), signal, hide),
  )
  return { name, call, close, ...(check && { check: guardCheck(secrets, check) }) }
}
