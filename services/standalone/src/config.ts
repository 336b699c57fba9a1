import { Duration, IntegrationsConfig, RateLimit, TrustedProxies } from '@mensageria/runtime'
import { z } from 'zod'

/** Configuration of the standalone by environment variables; a bad value stops the start and names the variable. */
export const StandaloneConfig = IntegrationsConfig.extend({
  PORT: z.coerce.number({ error: 'Must be a number, 0 to 65535' }).int().min(0).max(65_535).default(8080),
  /** Loopback unless said otherwise; beyond it somebody must sign in, or API_AUTH=none be said. */
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('./data'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  SWEEP_INTERVAL: Duration.default(1000),
  RECOVERY_MIN_INTERVAL: Duration.default(2000),
  RECOVERY_MAX_INTERVAL: Duration.default(30_000),
  /** How long an integration that is missing from the list keeps its open rows. */
  RETIRE_AFTER: Duration.default(86_400_000),
  /** Requests a second and caller. */
  RATE_LIMIT: RateLimit.prefault('off'),
  /** Whose X-Forwarded-For is believed, for the limit of each caller. */
  TRUSTED_PROXIES: TrustedProxies.optional(),
})
export type StandaloneConfig = z.output<typeof StandaloneConfig>
