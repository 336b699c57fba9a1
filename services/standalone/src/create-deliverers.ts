import type { EventHub } from '@mensageria/console'
import type { Clock, HandOver, Ids, IntegrationSettings, PushHandler } from '@mensageria/core'
import type { Embedded } from '@mensageria/embedded'
import {
  createTracedDeliver,
  logAttempt,
  type AttemptCounter,
  type Logger,
  type TracedDeliver,
  type Tracer,
} from '@mensageria/runtime'
import type { BoundIntegration } from './bind-integrations.ts'
import { createEventDecoder } from './event-decoder.ts'
import { toPushHandler } from './push-handlers.ts'

type DelivererParts = {
  engine: Pick<Embedded, 'ledger' | 'states'>
  integrations: readonly { settings: IntegrationSettings; integration: BoundIntegration }[]
  logger: Logger
  tracer: Tracer
  hub: EventHub
  attempts: Pick<AttemptCounter, 'count'>
  clock: Clock
  ids: Ids
  /** Aborts the calls in flight. */
  signal: AbortSignal
}

/** One deliverer an integration: as the handler of its subscription, and for what the sweeper hands over. */
export const createDeliverers = (
  parts: DelivererParts,
): { handlers: Record<string, PushHandler>; handOver: HandOver } => {
  const { engine, logger, tracer, hub, attempts, clock, ids, signal } = parts
  const { ledger, states } = engine
  const decode = createEventDecoder()
  const deliverers = new Map<string, TracedDeliver>()
  const handlers: Record<string, PushHandler> = {}
  for (const { settings, integration } of parts.integrations) {
    const deliver = createTracedDeliver(
      {
        settings,
        ledger,
        clock,
        ids,
        call: integration.call,
        isPaused: async () => (await states.read(settings.name))?.paused !== undefined,
        onAttempt: (report) => {
          logAttempt(logger, report)
          attempts.count(report)
          const { integration: name, centerId, version, state } = report.row
          hub.publish('delivery', () => ({ integration: name, centerId, version, state }))
        },
      },
      tracer,
    )
    deliverers.set(settings.name, deliver)
    handlers[settings.name] = toPushHandler(deliver, decode, signal, logger)
  }
  return {
    handlers,
    handOver: async (name, event, trigger) => {
      const deliver = deliverers.get(name)
      if (!deliver) throw new Error(`No integration is called ${name}`)
      return deliver(event, trigger, signal)
    },
  }
}
