import { flushCompileCache } from 'node:module'
import { join } from 'node:path'
import { isatty } from 'node:tty'
import { openPage } from '@mensageria/console-page/build'
import { defined } from '@mensageria/contracts'
import type { Embedded, EmbeddedOptions, EngineError } from '@mensageria/embedded'
import {
  createLogger,
  createPrettyDestination,
  createSystemClock,
  endGracefully,
  loadConfig,
  loadIntegrationSettings,
  loadSignIn,
  openTracer,
  useOutboundProxy,
  tellUnknownVariables,
  writeLastWords,
  type Env,
  type Logger,
} from '@mensageria/runtime'
import { bindIntegrations } from './bind-integrations.ts'
import { StandaloneConfig } from './config.ts'
import { endBroken } from './end-broken.ts'
import { explainStart } from './explain-start.ts'
import { decideSimulated, requireNoReal } from './decide-simulated.ts'
import { rememberReal } from './remember-real.ts'
import { startSimulated, type SimulatedSystems } from './simulated-systems.ts'
import { buildStandalone } from './standalone.ts'

export type StandaloneOpeners = { openEngine: (options: EmbeddedOptions) => Embedded }

// People read a terminal; machines read JSON.
const openLogger = async (level: string): Promise<Logger> => {
  const destination = isatty(1) ? await createPrettyDestination() : undefined
  return createLogger({ level, service: 'standalone', ...defined({ destination }) })
}

const showSimulated = (logger: Logger, { names, url }: SimulatedSystems): void => {
  const [first = ''] = names
  logger.warn(
    `A simulator takes the deliveries of ${names.join(', ')}: ${url}/simulator/summary. Take one down: ` +
      `curl -X PUT ${url}/simulator/dials/${first} -H 'content-type: application/json' -d '{"mode":"down"}'`,
  )
}

const start = async ({ openEngine }: StandaloneOpeners, env: Env): Promise<void> => {
  useOutboundProxy(env)
  const config = loadConfig(StandaloneConfig, env)
  const logger = await openLogger(config.LOG_LEVEL)
  tellUnknownVariables(env, { schema: StandaloneConfig, listFile: config.INTEGRATIONS_FILE, logger })
  const tracer = await openTracer(env, { service: 'standalone', logger })
  const signIn = await loadSignIn(env, { host: config.HOST, clock: createSystemClock(), logger })
  const simulation = decideSimulated({
    integrations: loadIntegrationSettings(config),
    env,
    host: config.HOST,
  })
  const { integrations } = simulation
  // Before there is a database: a start that is refused for an address leaves none behind.
  const simulated = await startSimulated(integrations, env)
  const bound = await bindIntegrations(integrations, { ...env, ...simulated?.env }, { logger, tracer })
  const broken = Promise.withResolvers<EngineError>()
  const engine = openEngine({
    dataDir: config.DATA_DIR,
    subscriptions: integrations,
    onError: (err) => logger.error({ err }, 'broker.failed'),
    onFatal: broken.resolve,
  })
  const known = await engine.states.all()
  requireNoReal(simulation, known)
  await rememberReal(engine.states, known, integrations, createSystemClock())
  const page = openPage(logger, undefined, join(config.DATA_DIR, 'page'))
  const standalone = await buildStandalone({
    engine,
    integrations: bound,
    logger,
    tracer,
    page,
    sweepIntervalMs: config.SWEEP_INTERVAL,
    retireAfterMs: config.RETIRE_AFTER,
    signIn,
    ...defined({ rateLimit: config.RATE_LIMIT, trustedProxies: config.TRUSTED_PROXIES }),
  })
  const url = await standalone.listen(config.HOST, config.PORT)
  endGracefully(logger, async () => {
    page.close()
    await standalone.close()
    await tracer.close()
    await simulated?.close()
  })
  void broken.promise.then((failure) => endBroken(failure, { logger, close: () => standalone.close() }))
  page.prepare()
  const played = integrations.filter((one) => one.simulated).map(({ name }) => name)
  logger.info(
    `Mensageria is ready: ${url}, console: ${url}/console, API reference: ${url}/reference, data: ${config.DATA_DIR}` +
      (played.length === 0 ? '' : `, simulated: ${played.join(' ')}`),
  )
  // A process that is killed would keep nothing of what it has compiled for the next start.
  flushCompileCache()
  if (simulated) showSimulated(logger, simulated)
}

/** The whole system as one process; it drains on SIGTERM. Where it cannot start it says why and ends with exit 1. */
export const run = async (openers: StandaloneOpeners, env: Env = process.env): Promise<void> => {
  try {
    await start(openers, env)
  } catch (error) {
    writeLastWords(`Mensageria did not start. ${explainStart(error)}\n`)
    process.exit(1)
  }
}
