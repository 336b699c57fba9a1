import {
  createPublish,
  createRegister,
  createUpdate,
  type CenterStore,
  type Ledger,
  type Publisher,
} from '@mensageria/core'
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
import { RegistrationConfig } from './config.ts'
import { createRegistrationPlugin, REGISTRATION_BODY_LIMIT_BYTES } from './registration-plugin.ts'

/** The stores of an engine, as registration needs them. */
export type OpenedStore = {
  centers: CenterStore
  ledger: Pick<Ledger, 'ofCenter'>
  close(): Promise<void>
}

export type StartRegistrationOptions = {
  openStore: (options: CloudStoreOptions & { integrations: readonly string[] }) => Promise<OpenedStore>
  openPublisher: (options: CloudStoreOptions) => { publisher: Publisher; close(): Promise<void> }
}

/** The whole process of the registration API on an engine; it drains on SIGTERM. */
export const startRegistration = ({ openStore, openPublisher }: StartRegistrationOptions): Promise<void> =>
  startProcess(
    'registration',
    RegistrationConfig,
    async ({ config, env, logger, tracer, host, store: options }) => {
      const clock = createSystemClock()
      const signIn = await loadSignIn(env, { host, clock, logger })
      const integrations = loadIntegrationSettings(config)
      const names = integrations.map(({ name }) => name)
      const store = await openStore({ ...options, integrations: names })
      const broker = openPublisher(options)
      const { centers, ledger } = store
      const ids = createSystemIds()
      const publish = createPublish({ publisher: tracePublisher(broker.publisher, tracer), clock })
      const register = createRegister({ centers, publish, clock, ids })
      const update = createUpdate({ centers, publish, clock, ids })
      const app = await buildHttpApp({
        logger,
        tracer,
        signIn,
        bodyLimitBytes: REGISTRATION_BODY_LIMIT_BYTES,
        ...(config.RATE_LIMIT === 'off' ? {} : { rateLimit: { perSecond: config.RATE_LIMIT } }),
        openapi: {
          title: 'Mensageria: registration',
          version: '1.0.0',
          description: 'Registers distribution centers; each one reaches every system.',
        },
        plugins: [createRegistrationPlugin({ centers, ledger, register, update, ids, integrations })],
      })
      return {
        url: await app.listen({ host, port: config.PORT }),
        close: async () => {
          await app.close()
          await broker.close()
          await store.close()
        },
      }
    },
  )
