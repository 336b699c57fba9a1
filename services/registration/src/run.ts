import { defined } from '@mensageria/contracts'
import { composeIntake, type CenterStore, type Identity, type Ledger, type Publisher } from '@mensageria/core'
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
import { RegistrationConfig } from './config.ts'
import { createRegistrationPlugin, REGISTRATION_BODY_LIMIT_BYTES } from './registration-plugin.ts'

/** What registration needs of an engine. */
export type OpenedStore = {
  centers: CenterStore
  ledger: Pick<Ledger, 'ofCenter'>
  identity: Identity
  close(): Promise<void>
}

export type RegistrationOpeners = {
  openStore: (options: CloudStoreOptions & { integrations: readonly string[] }) => Promise<OpenedStore>
  openPublisher: (options: CloudStoreOptions) => { publisher: Publisher; close(): Promise<void> }
}

const INFO = {
  title: 'Mensageria: registration',
  version: RELEASE,
  description: 'Registers distribution centers; each one reaches every system.',
}

/** The whole process of the registration API, on an engine; it drains on SIGTERM. */
export const run = ({ openStore, openPublisher }: RegistrationOpeners): Promise<void> =>
  startProcess(
    'registration',
    RegistrationConfig,
    async ({ config, env, logger, tracer, host, store: options }) => {
      const clock = createSystemClock()
      const ids = createSystemIds()
      const signIn = await loadSignIn(env, { host, clock, logger })
      const integrations = loadIntegrationSettings(config)
      const names = integrations.map(({ name }) => name)
      const engine = await openStore({ ...options, integrations: names })
      const broker = openPublisher(options)
      const publisher = tracePublisher(broker.publisher, tracer)
      const intake = composeIntake(engine, { publisher, clock, ids })
      const app = await buildHttpApp({
        logger,
        tracer,
        signIn,
        bodyLimitBytes: REGISTRATION_BODY_LIMIT_BYTES,
        ...defined({ rateLimit: config.RATE_LIMIT, trustedProxies: config.TRUSTED_PROXIES }),
        openapi: INFO,
        plugins: [createRegistrationPlugin({ ...engine, ...intake, ids, integrations })],
      })
      return {
        url: await app.listen({ host, port: config.PORT }),
        close: async () => {
          await app.close()
          await broker.close()
          await engine.close()
        },
      }
    },
  )
