import { defined } from '@mensageria/contracts'
import {
  composeIntake,
  composeOperations,
  type Engine,
  type IntegrationSettings,
  type Publisher,
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
  RELEASE,
} from '@mensageria/runtime'
import { createChangeFeed } from './change-feed.ts'
import { ConsoleConfig } from './config.ts'
import { createConsolePlugin } from './console-plugin.ts'
import { createEventHub } from './event-hub.ts'
import { createPagePlugin } from './page-plugin.ts'
import { startWatching } from './start-watching.ts'

export type ConsoleOpeners = {
  openOperations: (
    options: CloudStoreOptions & { integrations: readonly IntegrationSettings[] },
  ) => Promise<Engine & { close(): Promise<void> }>
  openPublisher: (options: CloudStoreOptions) => { publisher: Publisher; close(): Promise<void> }
}

/** How late watchers get what other processes did. */
const WATCH_MS = 3_000

// What the sweeper takes with its own defaults (`maintenanceOf` there): people read it as "about".
const SETTLE_MS = 120_000

const INFO = {
  title: 'Mensageria: console',
  version: RELEASE,
  description:
    'What is not delivered, why, and what people do about it; and the registration API, for those who look and register here.',
}

/**
 * The whole process of the operations API and its page, on an engine; it drains on SIGTERM. It answers the registration API
 * as well: a page may ask its own origin alone, and people who come through IAP have no other way to register (ADR 0023).
 */
export const run = ({ openOperations, openPublisher }: ConsoleOpeners): Promise<void> =>
  startProcess('console', ConsoleConfig, async ({ config, env, logger, tracer, host, store: options }) => {
    const clock = createSystemClock()
    const ids = createSystemIds()
    const signIn = await loadSignIn(env, { host, clock, logger })
    const integrations = loadIntegrationSettings(config)
    const engine = await openOperations({ ...options, integrations })
    const broker = openPublisher(options)
    const hub = createEventHub()
    const page = openPage(logger)
    const publisher = tracePublisher(broker.publisher, tracer)
    const intake = composeIntake(engine, { publisher, clock, ids })
    const operations = composeOperations(engine, { integrations, clock, ids })
    const feed = createChangeFeed({ engine, integrations, hub, settleMs: SETTLE_MS, clock })
    const app = await buildHttpApp({
      logger,
      tracer,
      signIn,
      bodyLimitBytes: REGISTRATION_BODY_LIMIT_BYTES,
      ...defined({ rateLimit: config.RATE_LIMIT, trustedProxies: config.TRUSTED_PROXIES }),
      openapi: INFO,
      plugins: [
        createRegistrationPlugin({ ...engine, ...intake, ids, integrations }),
        createConsolePlugin({
          engine,
          operations,
          integrations,
          hub,
          settleMs: SETTLE_MS,
          beginWatching: feed.begin,
          clock,
        }),
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
        await engine.close()
      },
    }
  })
