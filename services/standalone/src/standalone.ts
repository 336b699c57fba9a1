import { createConsolePlugin, createEventHub, createPagePlugin, type PageFiles } from '@mensageria/console'
import { defined } from '@mensageria/contracts'
import {
  composeIntake,
  composeOperations,
  composePark,
  composeSweeper,
  type IntegrationSettings,
} from '@mensageria/core'
import type { Embedded } from '@mensageria/embedded'
import { createRegistrationPlugin, REGISTRATION_BODY_LIMIT_BYTES } from '@mensageria/registration'
import {
  buildHttpApp,
  createAttemptCounter,
  createDeadLetterHandler,
  createSweepLog,
  createSystemClock,
  createSystemIds,
  NO_SIGN_IN,
  noTracer,
  tracePublishingStore,
  type BoundIntegration,
  type Logger,
  type SignIn,
  type Tracer,
  RELEASE,
} from '@mensageria/runtime'
import { createDeliverers } from './create-deliverers.ts'
import { showSweep } from './show-sweep.ts'
import { startSweepLoop } from './sweep-loop.ts'

/** Calls in flight get this long to end by themselves when the process ends; then they are aborted, and tried again later. */
const DRAIN_MS = 5_000

// Maintenance need not come with each sweep: by default it comes once a minute.
const SWEEPS_BETWEEN_MAINTENANCE = 60
const DAY_MS = 86_400_000
// This process alone knows the list, so no other can act on another one: a change of it is settled at once.
const SETTLE_MS = 0

const INFO = {
  title: 'Mensageria',
  version: RELEASE,
  description:
    'Registers distribution centers and delivers each one to every system until it has succeeded there.',
}

export type StandaloneOptions = {
  engine: Embedded
  integrations: readonly { settings: IntegrationSettings; integration: BoundIntegration }[]
  logger: Logger
  /** Makes spans of requests, publications, deliveries and calls; none unless given. */
  tracer?: Tracer
  sweepIntervalMs: number
  /** How long an integration that is missing from the list keeps its open rows; a day unless given. */
  retireAfterMs?: number
  rateLimit?: { perSecond: number }
  /** The proxies whose X-Forwarded-For is believed; none unless given. */
  trustedProxies?: readonly string[]
  /** How callers are known; nobody signs in unless given. */
  signIn?: SignIn
  /** The console's page; none unless given. */
  page?: PageFiles
}

/** The whole system in one process. `listen` resolves with the URL; `close` drains and closes what was given to it. */
export type Standalone = { listen(host: string, port: number): Promise<string>; close(): Promise<void> }

/** Composes every service on the embedded engine: the API, one push handler an integration, dead letters, the sweeper. */
export const buildStandalone = async (options: StandaloneOptions): Promise<Standalone> => {
  const { engine, logger, tracer = noTracer, sweepIntervalMs, retireAfterMs = DAY_MS } = options
  const { publisher, stats, unreadable } = engine
  const clock = createSystemClock()
  const base = { clock, ids: createSystemIds() }
  const hub = createEventHub()
  const attempts = createAttemptCounter({ stats, clock, logger })
  const ending = new AbortController()
  const integrations = options.integrations.map(({ settings }) => settings)
  const traced = { ...engine, centers: tracePublishingStore(engine.centers, tracer) }

  const { signal } = ending
  const { handlers, hasRoom, handOver } = createDeliverers({
    ...options,
    ...base,
    tracer,
    hub,
    attempts,
    signal,
  })
  const intake = composeIntake(traced, { ...base, publisher })
  const checks = new Map(
    options.integrations.flatMap(({ integration: { name, check } }) =>
      check ? [[name, check] as const] : [],
    ),
  )
  const operations = composeOperations(engine, { ...base, integrations })
  const app = await buildHttpApp({
    logger,
    tracer,
    signIn: options.signIn ?? NO_SIGN_IN,
    bodyLimitBytes: REGISTRATION_BODY_LIMIT_BYTES,
    ...defined({ rateLimit: options.rateLimit, trustedProxies: options.trustedProxies }),
    openapi: INFO,
    simulated: integrations.filter(({ simulated }) => simulated).map(({ name }) => name),
    ready: engine.isSound,
    plugins: [
      createRegistrationPlugin({ ...traced, ...intake, ids: base.ids, integrations }),
      createConsolePlugin({ engine, operations, integrations, hub, checks, settleMs: SETTLE_MS, clock }),
      ...(options.page ? [createPagePlugin(options.page)] : []),
    ],
  })

  const sweep = composeSweeper(engine, {
    ...base,
    integrations,
    publisher,
    handOver,
    maintenance: {
      intervalMs: SWEEPS_BETWEEN_MAINTENANCE * sweepIntervalMs,
      settleMs: SETTLE_MS,
      retireAfterMs,
    },
    observe: showSweep(hub, createSweepLog(logger)),
  })
  const onDeadLetter = createDeadLetterHandler({
    park: composePark(engine, base),
    unreadable,
    clock,
    logger,
  })
  const broker = engine.startBroker(
    handlers,
    ({ data, ...letter }) => onDeadLetter({ ...letter, text: data }),
    hasRoom,
  )
  const sweeps = startSweepLoop({ sweep, intervalMs: sweepIntervalMs, logger })

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
