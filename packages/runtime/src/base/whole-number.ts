import { z } from 'zod'

/**
 * A whole number of the configuration in plain digits. `z.coerce.number` would also take a blank as 0, and `0x1F90` and `8e3`.
 */
export const wholeNumber = (min: number, max: number): z.ZodType<number, string> =>
  z
    .string()
    .refine((text) => /^\d{1,15}$/.test(text) && Number(text) >= min && Number(text) <= max, {
      error: `Must be a whole number, ${min} to ${max}`,
      abort: true,
    })
    .transform(Number)

/** A port to listen on; 0 takes a free one. */
export const Port: z.ZodType<number, string> = wholeNumber(0, 65_535)
