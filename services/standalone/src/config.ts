import { Duration } from '@mensageria/runtime'
import { z } from 'zod'

/** Configuration of the standalone by environment variables; a bad value stops the start and names the variable. */
export const StandaloneConfig = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  /** Loopback unless said otherwise: there is no sign-in on one machine. */
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('./data'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** Each overrides the integrations file, for all of them. */
  RETRY_MIN_BACKOFF: Duration.optional(),
  RETRY_MAX_BACKOFF: Duration.optional(),
  MAX_DELIVERY_ATTEMPTS: z.coerce.number().int().min(1).max(1000).optional(),
  SWEEP_INTERVAL: Duration.default(1000),
  RECOVERY_MIN_INTERVAL: Duration.default(2000),
  RECOVERY_MAX_INTERVAL: Duration.default(30_000),
  /** Requests a second and caller. */
  RATE_LIMIT: z.union([z.literal('off'), z.coerce.number().int().min(1)]).default('off'),
})
export type StandaloneConfig = z.output<typeof StandaloneConfig>
