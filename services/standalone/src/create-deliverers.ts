import type { DecodedMessage } from '@mensageria/contracts'
import type { EventHub } from '@mensageria/console'
import {
  createPacing,
  type Base,
  type Engine,
  type HandOver,
  type IntegrationSettings,
  type Pacing,
} from '@mensageria/core'
import {
  createDeliverer,
  type AttemptCounter,
  type BoundIntegration,
  type Logger,
  type TracedDeliver,
  type Tracer,
} from '@mensageria/runtime'

/** What the handler of a subscription reads of a message of the local broker, which has decoded it. */
export type LocalMessage = {
  subscription: string
  messageId: string
  deliveryAttempt: number
  event: DecodedMessage
}

type DelivererParts = Base & {
  engine: Pick<Engine, 'ledger' | 'states'>
  integrations: readonly { settings: IntegrationSettings; integration: BoundIntegration }[]
  logger: Logger
  tracer: Tracer
  hub: EventHub
  attempts: Pick<AttemptCounter, 'count'>
  /** Aborts the calls in flight. */
  signal: AbortSignal
}

// Nothing stands between broker and handler here: wait 20 s + claim 2 s + call 30 s + settle 5 s < 60 s to acknowledge.
const PACE_WAIT_MS = 20_000

/** One deliverer an integration: as the handler of its subscription, and for what the sweeper hands over. */
export const createDeliverers = (
  parts: DelivererParts,
): {
  handlers: Record<string, (message: LocalMessage) => Promise<boolean>>
  /** Whether another delivery to the integration would soon begin, by the pace of its system. */
  hasRoom: (name: string) => boolean
  handOver: HandOver
} => {
  const { engine, integrations, hub, signal, ...base } = parts
  const { logger } = base
  const deliverers = new Map<string, TracedDeliver>()
  const pacings = new Map<string, Pacing>()
  for (const { settings, integration } of integrations) {
    const { call } = integration
    const pacing = createPacing(settings, base.clock, PACE_WAIT_MS)
    pacings.set(settings.name, pacing)
    const deliver = createDeliverer(engine, {
      ...base,
      settings,
      call,
      pacing,
      onAttempt: ({ row: { integration: name, centerId, version, state } }) =>
        hub.publish('delivery', () => ({ integration: name, centerId, version, state })),
    })
    deliverers.set(settings.name, deliver)
  }

  // Acknowledged only after the external call has succeeded.
  const toHandler =
    (deliver: TracedDeliver) =>
    async ({ event: decoded, messageId, subscription, deliveryAttempt }: LocalMessage): Promise<boolean> => {
      if (!decoded.ok) {
        logger.error({ messageId, subscription, reason: decoded.reason }, 'message.unreadable')
        return false
      }
      const { ack } = await deliver(decoded.event, { kind: 'push' }, signal, deliveryAttempt)
      return ack
    }

  return {
    handlers: Object.fromEntries([...deliverers].map(([name, deliver]) => [name, toHandler(deliver)])),
    hasRoom: (name) => pacings.get(name)?.hasRoom() ?? true,
    handOver: async (name, event, trigger) => {
      const deliver = deliverers.get(name)
      if (!deliver) throw new Error(`No integration is called ${name}`)
      return deliver(event, trigger, signal)
    },
  }
}
