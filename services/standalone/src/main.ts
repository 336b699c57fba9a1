import { openEmbedded } from '@mensageria/embedded'
import { createLogger, createPrettyDestination, endGracefully, loadConfig } from '@mensageria/runtime'
import { bindIntegrations } from './bind-integrations.ts'
import { StandaloneConfig } from './config.ts'
import { explainStart } from './explain-start.ts'
import { readIntegrations } from './read-integrations.ts'
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
  const integrations = readIntegrations(config)
  const simulated = await simulateMissing(
    integrations.map(({ name }) => name),
    process.env,
  )
  const standalone = await buildStandalone({
    engine: openEmbedded({
      dataDir: config.DATA_DIR,
      subscriptions: integrations,
      onError: (err) => logger.error({ err }, 'The queue could not be read or written'),
    }),
    integrations: bindIntegrations(integrations, { ...process.env, ...simulated?.env }, logger),
    logger,
    sweepIntervalMs: config.SWEEP_INTERVAL,
    ...(config.RATE_LIMIT === 'off' ? {} : { rateLimit: { perSecond: config.RATE_LIMIT } }),
  })
  const url = await standalone.listen(config.HOST, config.PORT)
  endGracefully(logger, async () => {
    await standalone.close()
    await simulated?.close()
  })
  const systems = simulated
    ? `, simulated systems (${simulated.names.join(', ')}): ${simulated.url}/simulator/summary`
    : ''
  logger.info(
    `Mensageria is ready: ${url}, API reference: ${url}/reference, data: ${config.DATA_DIR}${systems}`,
  )
} catch (error) {
  process.stderr.write(`Mensageria did not start. ${explainStart(error)}\n`)
  process.exit(1)
}
