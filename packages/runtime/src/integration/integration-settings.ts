import { IntegrationsFile } from '@mensageria/contracts'
import { toSettings, type IntegrationSettings } from '@mensageria/core'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { ConfigError } from '../base/config.ts'
import { Duration } from '../base/duration.ts'
import { INTEGRATIONS_FILE } from './integrations-file.ts'
import { simulatedBy } from './simulate.ts'

/** What every process may say about the integrations by environment variables. */
export const IntegrationsConfig = z.object({
  /** Where the one list of integrations is; the repository's own unless said. */
  INTEGRATIONS_FILE: z.string().default(INTEGRATIONS_FILE),
  /** For whose systems a simulator answers: 1 for all, 0 for none, or names with commas. What it takes is marked. */
  SIMULATE: z.string().optional(),
  /** Each overrides the list, for all of them; the subscriptions' own policy must be the same. */
  RETRY_MIN_BACKOFF: Duration.optional(),
  RETRY_MAX_BACKOFF: Duration.optional(),
  MAX_DELIVERY_ATTEMPTS: z.coerce.number().int().min(1).max(1000).optional(),
  RECOVERY_MIN_INTERVAL: Duration.default(60_000),
  RECOVERY_MAX_INTERVAL: Duration.default(600_000),
})
export type IntegrationsConfig = z.output<typeof IntegrationsConfig>

const parse = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw new ConfigError(`${path} is no JSON file that can be read: set INTEGRATIONS_FILE`, { cause })
  }
}

const readList = (path: string) => {
  const file = IntegrationsFile.safeParse(parse(path))
  if (file.success) return Object.entries(file.data.integrations)
  const [first] = file.error.issues
  throw new ConfigError(`${path}: ${first?.path.join('.')}: ${first?.message}`)
}

/** The integrations of the list, with what the environment overrides. Throws ConfigError where the list does not fit. */
export const loadIntegrationSettings = (config: IntegrationsConfig): IntegrationSettings[] => {
  const gaps = { minIntervalMs: config.RECOVERY_MIN_INTERVAL, maxIntervalMs: config.RECOVERY_MAX_INTERVAL }
  const list = readList(config.INTEGRATIONS_FILE)
  const simulated = simulatedBy(
    config.SIMULATE,
    list.map(([name]) => name),
  )
  return list.map(([name, policy]) => {
    const settings = toSettings(name, policy, gaps)
    const minBackoffMs = config.RETRY_MIN_BACKOFF ?? settings.retry.minBackoffMs
    const maxBackoffMs = config.RETRY_MAX_BACKOFF ?? settings.retry.maxBackoffMs
    if (minBackoffMs > maxBackoffMs)
      throw new ConfigError(
        `The first pause of ${name} (RETRY_MIN_BACKOFF, ${minBackoffMs} ms) is above its longest (RETRY_MAX_BACKOFF, ${maxBackoffMs} ms)`,
      )
    if (config.RECOVERY_MIN_INTERVAL > config.RECOVERY_MAX_INTERVAL)
      throw new ConfigError('RECOVERY_MIN_INTERVAL is above RECOVERY_MAX_INTERVAL')
    const attemptsMax = config.MAX_DELIVERY_ATTEMPTS ?? settings.retry.attemptsMax
    const retry = { minBackoffMs, maxBackoffMs, attemptsMax }
    return { ...settings, retry, ...(simulated?.has(name) ? { simulated: true } : {}) }
  })
}
