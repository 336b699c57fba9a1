import { getTestServer } from '@google-cloud/functions-framework/testing'
import { defined } from '@mensageria/contracts'
import { composeSweeper, type Engine, type IntegrationSettings, type Publisher } from '@mensageria/core'
import {
  createHandOverClient,
  createIdTokens,
  createSweepLog,
  createSystemClock,
  createSystemIds,
  listenFunction,
  loadIntegrationSettings,
  startProcess,
  tracePublisher,
  type CloudStoreOptions,
} from '@mensageria/runtime'
import { loadPushEndpoints, maintenanceOf, SweeperConfig } from './config.ts'
import { registerSweeper, SWEEP_FUNCTION } from './register-sweeper.ts'

export type SweeperOpeners = {
  openOperations: (
    options: CloudStoreOptions & { integrations: readonly IntegrationSettings[] },
  ) => Promise<Engine & { close(): Promise<void> }>
  openPublisher: (options: CloudStoreOptions) => { publisher: Publisher; close(): Promise<void> }
}

// The scheduler sends none, or a word.
const BODY_LIMIT_BYTES = 64 * 1024

/** The whole process of the sweeper, on an engine; it drains on SIGTERM. */
export const run = ({ openOperations, openPublisher }: SweeperOpeners): Promise<void> =>
  startProcess(
    'sweeper',
    SweeperConfig,
    async ({ config, env, logger, tracer, onCloudRun, host, store: options }) => {
      const integrations = loadIntegrationSettings(config)
      const clock = createSystemClock()
      const endpoints = loadPushEndpoints(
        integrations.map(({ name }) => name),
        env,
      )
      const authorize = onCloudRun ? await createIdTokens() : undefined
      const client = createHandOverClient({ endpoints, ...defined({ authorize }), clock, logger })
      const engine = await openOperations({ ...options, integrations })
      const broker = openPublisher(options)
      const sweep = composeSweeper(engine, {
        integrations,
        publisher: tracePublisher(broker.publisher, tracer),
        handOver: client.handOver,
        maintenance: maintenanceOf(config),
        observe: createSweepLog(logger),
        clock,
        ids: createSystemIds(),
      })
      registerSweeper({ sweep, budgetMs: config.SWEEP_BUDGET, logger })
      const listening = await listenFunction(getTestServer(SWEEP_FUNCTION), {
        host,
        port: config.PORT,
        bodyLimitBytes: BODY_LIMIT_BYTES,
        allowedHosts: onCloudRun ? undefined : [],
      })
      return {
        url: listening.url,
        close: async () => {
          await listening.close()
          await client.close()
          await broker.close()
          await engine.close()
        },
      }
    },
  )
