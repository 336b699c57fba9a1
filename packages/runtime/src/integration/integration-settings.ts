import { toSettings, type IntegrationSettings } from '@mensageria/core'
import { z } from 'zod'
import { ConfigError } from '../base/config.ts'
import { durationBetween } from '../base/duration.ts'
import { wholeNumber } from '../base/whole-number.ts'
import { applyTargets } from '../list/apply-targets.ts'
import { INTEGRATIONS_FILE } from './integrations-file.ts'
import { readIntegrations } from '../list/read-integrations.ts'
import { simulatedBy } from './simulate.ts'

// The longest that Pub/Sub takes is 600 s.
const Backoff = durationBetween('1ms', '10m')

/** A gap between two tries of recovery. */
export const RecoveryInterval = durationBetween('10ms', '24h')

/** How long an integration that is missing from the list keeps its open rows. */
export const RetireAfter = durationBetween('1s', '596h')

/** What every process may say about the integrations by environment variables. */
export const IntegrationsConfig = z.object({
  /** Where the one list of integrations is; the repository's own unless said. */
  INTEGRATIONS_FILE: z.string().default(INTEGRATIONS_FILE),
  /** Fields of targets by row, as JSON: what differs between environments that have one list. */
  INTEGRATION_TARGETS: z.string().optional(),
  /** For whose systems a simulator answers: 1 for all, 0 for none, or names with commas. What it takes is marked. */
  SIMULATE: z.string().optional(),
  /** Each overrides the list, for all of them; the subscriptions' own policy must be the same. */
  RETRY_MIN_BACKOFF: Backoff.optional(),
  RETRY_MAX_BACKOFF: Backoff.optional(),
  MAX_DELIVERY_ATTEMPTS: wholeNumber(1, 1000).optional(),
  RECOVERY_MIN_INTERVAL: RecoveryInterval.default(60_000),
  RECOVERY_MAX_INTERVAL: RecoveryInterval.default(600_000),
})
export type IntegrationsConfig = z.output<typeof IntegrationsConfig>

/** Those with a folder of code, `services/NAME`: a simulator can answer for their systems, never for a destination. */
export const integrationsByCode = <Settings extends Pick<IntegrationSettings, 'destination'>>(
  integrations: readonly Settings[],
): Settings[] => integrations.filter(({ destination }) => destination === undefined)

/** The integrations of the list, with what the environment overrides. Throws ConfigError where the list does not fit. */
export const loadIntegrationSettings = (config: IntegrationsConfig): IntegrationSettings[] => {
  const gaps = { minIntervalMs: config.RECOVERY_MIN_INTERVAL, maxIntervalMs: config.RECOVERY_MAX_INTERVAL }
  const list = applyTargets(readIntegrations(config.INTEGRATIONS_FILE), config.INTEGRATION_TARGETS)
  const byCode = list.filter(([, { kind }]) => kind === undefined).map(([name]) => name)
  const simulated = simulatedBy(config.SIMULATE, byCode)
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
