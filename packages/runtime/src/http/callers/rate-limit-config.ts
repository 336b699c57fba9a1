import { z } from 'zod'

/** How many requests a second one caller may make: a number from 1, or `off`, which is undefined once parsed. */
export const RateLimit = z
  .union([z.literal('off'), z.coerce.number().int().min(1)], { error: 'Must be off, or a number from 1' })
  .transform((value) => (value === 'off' ? undefined : { perSecond: value }))
