import {
  durationBetween,
  Host,
  IntegrationsConfig,
  Port,
  RateLimit,
  RecoveryInterval,
  RetireAfter,
  TrustedProxies,
} from '@mensageria/runtime'
import { z } from 'zod'

// A line end or spaces from a file of variables, or a `~` that no shell read, would be another, empty folder.
const DataDir = z.string().refine((path) => path === path.trim() && !/^~|\p{Cc}/u.test(path), {
  error: 'Must be a path without spaces around it, without line ends, and with no ~ at its start',
})

/** Configuration of the standalone by environment variables; a bad value stops the start and names the variable. */
export const StandaloneConfig = IntegrationsConfig.extend({
  PORT: Port.default(8080),
  /** Loopback unless said otherwise; beyond it somebody must sign in, or API_AUTH=none be said. */
  HOST: Host.default('127.0.0.1'),
  DATA_DIR: DataDir.default('./data'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  SWEEP_INTERVAL: durationBetween('10ms', '10m').default(1000),
  RECOVERY_MIN_INTERVAL: RecoveryInterval.default(2000),
  RECOVERY_MAX_INTERVAL: RecoveryInterval.default(30_000),
  /** How long an integration that is missing from the list keeps its open rows. */
  RETIRE_AFTER: RetireAfter.default(86_400_000),
  /** Requests a second and caller. */
  RATE_LIMIT: RateLimit.prefault('off'),
  /** Whose X-Forwarded-For is believed, for the limit of each caller. */
  TRUSTED_PROXIES: TrustedProxies.optional(),
})
export type StandaloneConfig = z.output<typeof StandaloneConfig>
