import { getTestServer } from '@google-cloud/functions-framework/testing'
import { openGoogleCloudPublisher } from '@mensageria/google-cloud/publisher'
import { openGoogleCloudOperations } from '@mensageria/google-cloud/operations'
import {
  createHandOverClient,
  createIdTokens,
  createSystemClock,
  createSystemIds,
  listenFunction,
  loadIntegrationSettings,
  startProcess,
  tracePublisher,
} from '@mensageria/runtime'
import { loadPushEndpoints, SweeperConfig } from './config.ts'
import { createSweeper } from './create-sweeper.ts'
import { registerSweeper, SWEEP_FUNCTION } from './register-sweeper.ts'

await startProcess(
  'sweeper',
  SweeperConfig,
  async ({ config, env, logger, tracer, onCloudRun, host, store: options }) => {
    const integrations = loadIntegrationSettings(config)
    const clock = createSystemClock()
    const endpoints = loadPushEndpoints(
      integrations.map(({ name }) => name),
      env,
    )
    const tokens = onCloudRun ? { authorize: await createIdTokens() } : {}
    const client = createHandOverClient({ endpoints, ...tokens, clock, logger })
    const store = await openGoogleCloudOperations({ ...options, integrations })
    const broker = openGoogleCloudPublisher(options)
    const { handOver } = client
    const sweep = createSweeper({
      ...store,
      integrations,
      publisher: tracePublisher(broker.publisher, tracer),
      maintenanceIntervalMs: config.FIGURES_INTERVAL,
      handOver,
      clock,
      ids: createSystemIds(),
      logger,
    })
    registerSweeper({ sweep, budgetMs: config.SWEEP_BUDGET, logger })
    const listening = await listenFunction(getTestServer(SWEEP_FUNCTION), { host, port: config.PORT })
    return {
      url: listening.url,
      close: async () => {
        await listening.close()
        await client.close()
        await broker.close()
        await store.close()
      },
    }
  },
)
