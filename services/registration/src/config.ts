import { CloudConfig, IntegrationsConfig, RateLimit } from '@mensageria/runtime'

/** Configuration of the registration service by environment variables. */
export const RegistrationConfig = CloudConfig.extend(IntegrationsConfig.shape).extend({
  /** Requests a second and caller. */
  RATE_LIMIT: RateLimit.prefault(50),
})
