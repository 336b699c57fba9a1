import { CloudConfig, IntegrationsConfig } from '@mensageria/runtime'
import { z } from 'zod'

/** Configuration of the console service by environment variables. */
export const ConsoleConfig = CloudConfig.extend(IntegrationsConfig.shape).extend({
  /** Requests a second and caller. */
  RATE_LIMIT: z
    .union([z.literal('off'), z.coerce.number().int().min(1)], { error: 'Must be off, or a number from 1' })
    .default(50),
})
