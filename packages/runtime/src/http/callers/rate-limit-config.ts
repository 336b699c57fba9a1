import { z } from 'zod'
import { wholeNumber } from '../../base/whole-number.ts'

/** How many requests a second one caller may make: a number from 1, or `off`, which is undefined once parsed. */
export const RateLimit = z
  .union([z.literal('off'), wholeNumber(1, 1_000_000)], { error: 'Must be off, or a whole number from 1' })
  .transform((value) => (value === 'off' ? undefined : { perSecond: value }))
