import { CloudConfig, IntegrationsConfig, RateLimit } from '@mensageria/runtime'

/** Configuration of the console service by environment variables. */
export const ConsoleConfig = CloudConfig.extend(IntegrationsConfig.shape).extend({
  /** Requests a second and caller. */
  RATE_LIMIT: RateLimit.prefault(50),
})
