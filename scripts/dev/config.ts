import { defined } from '@mensageria/contracts'
import {
  ConfigError,
  durationBetween,
  IntegrationsConfig,
  loadConfig,
  loadIntegrationSettings,
  Port,
  RetireAfter,
  type Env,
} from '@mensageria/runtime'
import { decideSimulated, StandaloneConfig } from '@mensageria/standalone'
import { parseArgs } from 'node:util'

// Clocks for somebody who watches: production's are minutes and hours. The limit of callers is production's, too.
const DEFAULTS = {
  SWEEP_INTERVAL: '1s',
  RETRY_MIN_BACKOFF: '1s',
  RETRY_MAX_BACKOFF: '10s',
  MAX_DELIVERY_ATTEMPTS: '5',
  RECOVERY_MIN_INTERVAL: '2s',
  RECOVERY_MAX_INTERVAL: '30s',
  SWEEP_BUDGET: '5s',
  STATS_INTERVAL: '5s',
  RATE_LIMIT: 'off',
}

const DevConfig = IntegrationsConfig.extend({
  PORT: Port.default(8080),
  SWEEP_INTERVAL: durationBetween('10ms', '10m'),
  RETIRE_AFTER: RetireAfter.optional(),
})

/** What the command line says. Throws ConfigError where it says anything else. */
export const readOptions = (args: readonly string[]): { help: boolean; data?: string } => {
  const parse = () => {
    try {
      return parseArgs({ args: [...args], options: { help: { type: 'boolean' }, data: { type: 'string' } } })
    } catch (error) {
      throw new ConfigError(
        `${error instanceof Error ? error.message : String(error)}. See npm run dev -- --help`,
      )
    }
  }
  const { help = false, data } = parse().values
  if (data !== undefined) {
    const parsed = StandaloneConfig.shape.DATA_DIR.safeParse(data)
    if (!parsed.success || data === '')
      throw new ConfigError(`--data: ${parsed.error?.issues[0]?.message ?? 'Must be a folder'}`)
  }
  return defined({ help, data })
}

/** What is started: the integrations, those that a simulator plays marked, and the environment of every service. */
export const readEnvironment = (given: Env) => {
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  const env: Record<string, string> = defined({ ...DEFAULTS, ...set })
  const config = loadConfig(DevConfig, env)
  const { integrations } = decideSimulated({
    integrations: loadIntegrationSettings(config),
    env,
    host: '127.0.0.1',
  })
  const simulated = integrations.filter((one) => one.simulated).map(({ name }) => name)
  const { PORT: _, ...rest } = env
  return {
    port: config.PORT,
    sweepIntervalMs: config.SWEEP_INTERVAL,
    integrations,
    env: simulated.length === 0 ? rest : { ...rest, SIMULATE: simulated.join(',') },
  }
}
