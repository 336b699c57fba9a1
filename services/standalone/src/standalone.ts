import { createEventHub, createPagePlugin, type EventHub, type PageFiles } from '@mensageria/console'
import {
  createPark,
  createPublish,
  createRateBudgets,
  createRecover,
  createRegister,
  createSweep,
  createSweepEvents,
  createUpdate,
  type IntegrationSettings,
} from '@mensageria/core'
import type { Embedded } from '@mensageria/embedded'
import { createRegistrationPlugin, REGISTRATION_BODY_LIMIT_BYTES } from '@mensageria/registration'
import {
  buildHttpApp,
  createAttemptCounter,
  createDailyLog,
  createDeadLetterHandler,
  createSystemClock,
  createSystemIds,
  NO_SIGN_IN,
  noTracer,
  tracePublishingStore,
  type Logger,
  type SignIn,
  type Tracer,
} from '@mensageria/runtime'
import type { BoundIntegration } from './bind-integrations.ts'
import { composeOperations } from './compose-operations.ts'
import { createDeliverers } from './create-deliverers.ts'
import { toDeadLetterPushHandler } from './push-handlers.ts'
import { startSweepLoop } from './sweep-loop.ts'

/** Calls in flight get this long to end by themselves when the process ends; then they are aborted, and tried again later. */
const DRAIN_MS = 5_000

export type StandaloneOptions = {
  engine: Embedded
  integrations: readonly { settings: IntegrationSettings; integration: BoundIntegration }[]
  logger: Logger
  /** Makes spans of requests, publications, deliveries and calls; none unless given. */
  tracer?: Tracer
  sweepIntervalMs: number
  rateLimit?: { perSecond: number }
  /** How callers are known; nobody signs in unless given. */
  signIn?: SignIn
  /** The console's page; none unless given. */
  page?: PageFiles
}

/** The whole system in one process. `listen` resolves with the URL; `close` drains and closes what was given to it. */
export type Standalone = { listen(host: string, port: number): Promise<string>; close(): Promise<void> }

const createNewsLog =
  (logger: Logger, hub: EventHub) =>
  (integration: string, news: 'down' | 'back'): void => {
    hub.publish('integration', () => ({ name: integration, news }))
    if (news === 'down') logger.error({ integration }, 'integration.down')
    else logger.info({ integration }, 'integration.back')
  }

/** Composes every service on the embedded engine: the API, one push handler an integration, dead letters, the sweeper. */
export const buildStandalone = async (options: StandaloneOptions): Promise<Standalone> => {
  const { engine, logger, tracer = noTracer, sweepIntervalMs } = options
  const { ledger, outbox, publisher, states, unreadable } = engine
  const centers = tracePublishingStore(engine.centers, tracer)
  const clock = createSystemClock()
  const ids = createSystemIds()
  const hub = createEventHub()
  const attempts = createAttemptCounter({ counts: engine.attempts, clock, logger })
  const ending = new AbortController()
  const settingsList = options.integrations.map(({ settings }) => settings)

  const signal = ending.signal
  const { handlers, handOver } = createDeliverers({ ...options, tracer, hub, attempts, clock, ids, signal })
  const budgets = createRateBudgets(clock)
  const operations = { engine, integrations: settingsList, handOver, budgets, hub, clock, ids }
  const { consolePlugin, runRedrives, retire, backfill, reportDaily } = composeOperations(operations)

  const publish = createPublish({ publisher, clock })
  const app = await buildHttpApp({
    logger,
    tracer,
    signIn: options.signIn ?? NO_SIGN_IN,
    bodyLimitBytes: REGISTRATION_BODY_LIMIT_BYTES,
    ...(options.rateLimit ? { rateLimit: options.rateLimit } : {}),
    openapi: {
      title: 'Mensageria',
      version: '1.0.0',
      description:
        'Registers distribution centers and delivers each one to every system until it has succeeded there.',
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
      consolePlugin,
      ...(options.page ? [createPagePlugin(options.page)] : []),
    ],
  })

  const sweep = createSweep({
    integrations: settingsList,
    states,
    ledger,
    clock,
    sweepEvents: createSweepEvents({ outbox, ledger, publisher, clock, integrations: settingsList }),
    recover: createRecover({ centers, ledger, clock, ids, handOver, budgets }),
    runRedrives,
    retire,
    onHealthChange: createNewsLog(logger, hub),
  })
  const park = createPark({ ledger, clock, ids })
  const onDeadLetter = createDeadLetterHandler({ park, unreadable, clock, logger })
  const broker = engine.startBroker(handlers, toDeadLetterPushHandler(onDeadLetter))
  const logDay = createDailyLog({ reportDaily, clock, logger })
  const maintenance = async () => {
    await backfill()
    await engine.purge(Date.now())
    await logDay()
  }
  const sweeps = startSweepLoop({ sweep, maintenance, intervalMs: sweepIntervalMs, logger })

  return {
    listen: (host, port) => app.listen({ host, port }),
    close: async () => {
      const abort = setTimeout(() => ending.abort(), DRAIN_MS)
      await Promise.all([app.close(), broker.stop(), sweeps.stop()])
      clearTimeout(abort)
      await attempts.flush()
      await Promise.all(options.integrations.map(({ integration }) => integration.close()))
      engine.close()
    },
  }
}
