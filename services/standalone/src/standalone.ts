import {
  createDeliver,
  createPark,
  createPublish,
  createRecover,
  createRegister,
  createSweep,
  createSweepEvents,
  createUpdate,
  type Deliver,
  type HandOver,
  type IntegrationSettings,
  type PushHandler,
} from '@mensageria/delivery'
import type { Embedded } from '@mensageria/embedded'
import { createRegistrationPlugin, REGISTRATION_BODY_LIMIT_BYTES } from '@mensageria/registration'
import {
  buildHttpApp,
  createSystemClock,
  createSystemIds,
  logAttempt,
  type Logger,
} from '@mensageria/runtime'
import type { BoundIntegration } from './bind-integrations.ts'
import { createEventDecoder } from './event-decoder.ts'
import { toDeadLetterHandler, toPushHandler } from './push-handlers.ts'
import { startSweepLoop } from './sweep-loop.ts'

/** Calls in flight get this long to end by themselves when the process ends; then they are aborted, and tried again later. */
const DRAIN_MS = 5_000

export type StandaloneOptions = {
  engine: Embedded
  integrations: readonly { settings: IntegrationSettings; integration: BoundIntegration }[]
  logger: Logger
  sweepIntervalMs: number
  rateLimit?: { perSecond: number }
}

/** The whole system in one process. `listen` resolves with the URL; `close` drains and closes what was given to it. */
export type Standalone = { listen(host: string, port: number): Promise<string>; close(): Promise<void> }

/** Composes every service on the embedded engine: the API, one push handler an integration, dead letters, the sweeper. */
export const buildStandalone = async (options: StandaloneOptions): Promise<Standalone> => {
  const { engine, logger, sweepIntervalMs } = options
  const { centers, ledger, outbox, publisher, states } = engine
  const clock = createSystemClock()
  const ids = createSystemIds()
  const decode = createEventDecoder()
  const ending = new AbortController()
  const settingsList = options.integrations.map(({ settings }) => settings)

  const deliverers = new Map<string, Deliver>()
  const handlers: Record<string, PushHandler> = {}
  for (const { settings, integration } of options.integrations) {
    const deliver = createDeliver({
      settings,
      ledger,
      clock,
      ids,
      call: integration.call,
      isPaused: async () => (await states.read(settings.name))?.paused ?? false,
      onAttempt: (report) => logAttempt(logger, report),
    })
    deliverers.set(settings.name, deliver)
    handlers[settings.name] = toPushHandler(deliver, decode, ending.signal, logger)
  }
  const handOver: HandOver = async (name, event, by) => {
    const deliver = deliverers.get(name)
    if (!deliver) throw new Error(`No integration is called ${name}`)
    return deliver(event, by, ending.signal)
  }

  const publish = createPublish({ publisher, clock })
  const app = await buildHttpApp({
    logger,
    bodyLimitBytes: REGISTRATION_BODY_LIMIT_BYTES,
    ...(options.rateLimit ? { rateLimit: options.rateLimit } : {}),
    openapi: {
      title: 'Mensageria',
      version: '1.0.0',
      description:
        'Registers distribution centres and delivers each one to every system until it has succeeded there.',
    },
    plugins: [
      createRegistrationPlugin({
        centers,
        ledger,
        ids,
        integrations: settingsList,
        register: createRegister({ centers, publish, clock, ids }),
        update: createUpdate({ centers, publish, clock, ids }),
      }),
    ],
  })

  const sweep = createSweep({
    integrations: settingsList,
    states,
    clock,
    sweepEvents: createSweepEvents({ outbox, ledger, publisher, clock, integrations: settingsList }),
    recover: createRecover({ centers, ledger, clock, ids, handOver }),
    onNews: (integration, news) =>
      news === 'down'
        ? logger.error({ integration }, 'integration.down')
        : logger.info({ integration }, 'integration.back'),
  })
  const broker = engine.startBroker(handlers, toDeadLetterHandler(createPark({ ledger, clock, ids }), logger))
  const sweeps = startSweepLoop(sweep, engine.purge, sweepIntervalMs, logger)

  return {
    listen: (host, port) => app.listen({ host, port }),
    close: async () => {
      const abort = setTimeout(() => ending.abort(), DRAIN_MS)
      await Promise.all([app.close(), broker.stop(), sweeps.stop()])
      clearTimeout(abort)
      await Promise.all(options.integrations.map(({ integration }) => integration.close()))
      engine.close()
    },
  }
}
