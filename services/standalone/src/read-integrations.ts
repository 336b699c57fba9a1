import { IntegrationsFile } from '@mensageria/contracts'
import { toSettings, type IntegrationSettings } from '@mensageria/delivery'
import { ConfigError } from '@mensageria/runtime'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StandaloneConfig } from './config.ts'

// The one list of integrations, which Terraform reads as well.
const PATH = join(import.meta.dirname, '../../../terraform/integrations.auto.tfvars.json')

/** The integrations of the file, with what the environment overrides. Throws ConfigError where the file does not fit. */
export const readIntegrations = (config: StandaloneConfig): IntegrationSettings[] => {
  const file = IntegrationsFile.safeParse(JSON.parse(readFileSync(PATH, 'utf8')))
  if (!file.success) {
    const first = file.error.issues[0]
    throw new ConfigError(
      `terraform/integrations.auto.tfvars.json: ${first?.path.join('.')}: ${first?.message}`,
    )
  }
  const gaps = { minIntervalMs: config.RECOVERY_MIN_INTERVAL, maxIntervalMs: config.RECOVERY_MAX_INTERVAL }
  return Object.entries(file.data.integrations).map(([name, policy]) => {
    const settings = toSettings(name, policy, gaps)
    const minBackoffMs = config.RETRY_MIN_BACKOFF ?? settings.retry.minBackoffMs
    const maxBackoffMs = Math.max(minBackoffMs, config.RETRY_MAX_BACKOFF ?? settings.retry.maxBackoffMs)
    const attemptsMax = config.MAX_DELIVERY_ATTEMPTS ?? settings.retry.attemptsMax
    return { ...settings, retry: { minBackoffMs, maxBackoffMs, attemptsMax } }
  })
}
