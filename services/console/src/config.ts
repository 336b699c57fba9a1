import { CloudConfig, IntegrationsConfig, RateLimit, TrustedProxies } from '@mensageria/runtime'

/** Configuration of the console service by environment variables. */
export const ConsoleConfig = CloudConfig.extend(IntegrationsConfig.shape).extend({
  /** Requests a second and caller. */
  RATE_LIMIT: RateLimit.prefault('50'),
  /** Whose X-Forwarded-For is believed, for the limit of callers that did not sign in. */
  TRUSTED_PROXIES: TrustedProxies.optional(),
})
