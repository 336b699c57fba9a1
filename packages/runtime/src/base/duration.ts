import { z } from 'zod'

const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

// A longer timer overflows setTimeout's 32 bits and fires at once, again and again.
const DURATION_MS_MAX = 2 ** 31 - 1

const toMs = (text: string): number => {
  const [, count = '', unit = ''] = /^(\d+)(ms|s|m|h)$/.exec(text) ?? []
  return Number(count) * (UNITS_MS[unit] ?? NaN)
}

/** A duration of the configuration, written `500ms`, `10s`, `2m` or `1h`; milliseconds once parsed. */
export const Duration: z.ZodType<number, string> = z
  .string()
  .refine((text) => toMs(text) <= DURATION_MS_MAX, {
    error: 'Write a duration such as 500ms, 10s, 2m or 1h, at most 596h',
    abort: true,
  })
  .transform(toMs)

/** A duration between two others, both taken too. */
export const durationBetween = (min: string, max: string): z.ZodType<number, string> =>
  Duration.refine((ms) => ms >= toMs(min) && ms <= toMs(max), { error: `Must be ${min} to ${max}` })
