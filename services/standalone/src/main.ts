import { flushCompileCache } from 'node:module'
import { openEmbedded } from '@mensageria/embedded'
import { openPage } from '@mensageria/console-page/build'
import {
  createLogger,
  createPrettyDestination,
  createSystemClock,
  endGracefully,
  loadConfig,
  loadIntegrationSettings,
  loadSignIn,
  openTracer,
} from '@mensageria/runtime'
import { bindIntegrations } from './bind-integrations.ts'
import { StandaloneConfig } from './config.ts'
import { explainStart } from './explain-start.ts'

import { simulateMissing } from './simulated-systems.ts'
import { buildStandalone } from './standalone.ts'

try {
  const config = loadConfig(StandaloneConfig, process.env)
  // People read a terminal; machines read JSON.
  const destination = process.stdout.isTTY ? await createPrettyDestination() : undefined
  const logger = createLogger({
    level: config.LOG_LEVEL,
    service: 'standalone',
    ...(destination ? { destination } : {}),
  })
  const tracer = await openTracer(process.env, { service: 'standalone', logger })
  const signIn = await loadSignIn(process.env, { host: config.HOST, clock: createSystemClock(), logger })
  const integrations = loadIntegrationSettings(config)
  const simulated = await simulateMissing(
    integrations.map(({ name }) => name),
    process.env,
  )
  const page = openPage(logger)
  const standalone = await buildStandalone({
    engine: openEmbedded({
      dataDir: config.DATA_DIR,
      subscriptions: integrations,
      onError: (err) => logger.error({ err }, 'The queue could not be read or written'),
    }),
    integrations: await bindIntegrations(
      integrations,
      { ...process.env, ...simulated?.env },
      { logger, tracer },
    ),
    logger,
    tracer,
    page,
    sweepIntervalMs: config.SWEEP_INTERVAL,
    signIn,
    ...(config.RATE_LIMIT === 'off' ? {} : { rateLimit: { perSecond: config.RATE_LIMIT } }),
  })
  const url = await standalone.listen(config.HOST, config.PORT)
  endGracefully(logger, async () => {
    page.close()
    await standalone.close()
    await tracer.close()
    await simulated?.close()
  })
  page.prepare()
  logger.info(
    `Mensageria is ready: ${url}, console: ${url}/console, API reference: ${url}/reference, data: ${config.DATA_DIR}`,
  )
  // A process that is killed would keep nothing of what it has compiled for the next start.
  flushCompileCache()
  if (simulated) {
    const [first = ''] = simulated.names
    logger.info(
      `No address is set for ${simulated.names.join(', ')}: simulated at ${simulated.url}/simulator/summary. Take one down: ` +
        `curl -X PUT ${simulated.url}/simulator/dials/${first} -H 'content-type: application/json' -d '{"mode":"down"}'`,
    )
  }
} catch (error) {
  process.stderr.write(`Mensageria did not start. ${explainStart(error)}\n`)
  process.exit(1)
}
