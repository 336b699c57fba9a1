import {
  createAnnotateFailures,
  createDailyReport,
  createPauseIntegration,
  createPublish,
  createRegister,
  createRequestRedrive,
  createUpdate,
  type AttemptCounts,
  type AuditLog,
  type CenterStore,
  type DailyStats,
  type DeliverySearch,
  type FailureNotes,
  type Stats,
  type IntegrationSettings,
  type IntegrationStates,
  type Ledger,
  type Publisher,
  type RedriveStore,
  type UnreadableMessages,
} from '@mensageria/core'
import { openPage } from '@mensageria/console-page/build'
import { createRegistrationPlugin, REGISTRATION_BODY_LIMIT_BYTES } from '@mensageria/registration'
import {
  buildHttpApp,
  createSystemClock,
  createSystemIds,
  loadIntegrationSettings,
  loadSignIn,
  startProcess,
  tracePublisher,
  type CloudStoreOptions,
} from '@mensageria/runtime'
import { createChangeFeed } from './change-feed.ts'
import { ConsoleConfig } from './config.ts'
import { createConsolePlugin } from './console-plugin.ts'
import { createEventHub } from './event-hub.ts'
import { createPagePlugin } from './page-plugin.ts'
import { startWatching } from './start-watching.ts'

/** The stores of an engine, as the console needs them. */
export type OpenedOperations = {
  centers: CenterStore
  ledger: Pick<Ledger, 'ofCenter'>
  states: IntegrationStates
  stats: Stats
  daily: DailyStats
  attempts: Pick<AttemptCounts, 'lastHour'>
  search: DeliverySearch
  redrives: RedriveStore
  unreadable: UnreadableMessages
  audit: AuditLog
  notes: FailureNotes
  close(): Promise<void>
}

export type StartConsoleOptions = {
  openOperations: (
    options: CloudStoreOptions & { integrations: readonly IntegrationSettings[] },
  ) => Promise<OpenedOperations>
  openPublisher: (options: CloudStoreOptions) => { publisher: Publisher; close(): Promise<void> }
}

/** How late people who watch hear of what other processes did. */
const WATCH_MS = 3_000

const INFO = {
  title: 'Mensageria: console',
  version: '1.0.0',
  description:
    'What is not delivered, why, and what people do about it; and the registration API, for those who look and register here.',
}

/**
 * The whole process of the operations API and its page on an engine; it drains on SIGTERM. It answers the registration API
 * as well: a page may ask its own origin alone, and people who come through IAP have no other way to register (ADR 0023).
 */
export const startConsole = ({ openOperations, openPublisher }: StartConsoleOptions): Promise<void> =>
  startProcess('console', ConsoleConfig, async ({ config, env, logger, tracer, host, store: options }) => {
    const clock = createSystemClock()
    const signIn = await loadSignIn(env, { host, clock, logger })
    const integrations = loadIntegrationSettings(config)
    const store = await openOperations({ ...options, integrations })
    const { centers, ledger, states, stats, daily, attempts, search, redrives, unreadable, audit, notes } =
      store
    const broker = openPublisher(options)
    const ids = createSystemIds()
    const hub = createEventHub()
    const page = openPage(logger)
    const requestRedrive = createRequestRedrive({ redrives, search, audit, clock, ids, integrations })
    const pauseIntegration = createPauseIntegration({ states, audit, clock })
    const annotateFailures = createAnnotateFailures({ notes, audit, clock })
    const reportDaily = createDailyReport({ daily, stats, clock, integrations })
    const actions = { requestRedrive, pauseIntegration, annotateFailures }
    const shown = {
      integrations,
      states,
      stats,
      attempts,
      notes,
      search,
      redrives,
      audit,
      unreadable,
      hub,
      clock,
    }
    const feed = createChangeFeed(shown)
    const publish = createPublish({ publisher: tracePublisher(broker.publisher, tracer), clock })
    const register = createRegister({ centers, publish, clock, ids })
    const update = createUpdate({ centers, publish, clock, ids })
    const app = await buildHttpApp({
      logger,
      tracer,
      signIn,
      bodyLimitBytes: REGISTRATION_BODY_LIMIT_BYTES,
      ...(config.RATE_LIMIT === 'off' ? {} : { rateLimit: { perSecond: config.RATE_LIMIT } }),
      openapi: INFO,
      plugins: [
        createRegistrationPlugin({ centers, ledger, register, update, ids, integrations }),
        createConsolePlugin({ ...shown, ...actions, reportDaily, beginWatching: feed.begin }),
        createPagePlugin(page),
      ],
    })
    const watching = startWatching(feed, hub, WATCH_MS, logger)
    const url = await app.listen({ host, port: config.PORT })
    page.prepare()
    return {
      url,
      close: async () => {
        page.close()
        await app.close()
        await watching.stop()
        await broker.close()
        await store.close()
      },
    }
  })
