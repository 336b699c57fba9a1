import { z } from 'zod'

const CONTROL_OR_LONE_SURROGATE = /[\p{Cc}\p{Cs}]/u
// What a program writes for a character that it could not read, and code points that are none.
const LOST = /[\ufffd\p{Noncharacter_Code_Point}]/u

/** The number of code points, as JSON Schema counts a length; `string.length` counts UTF-16 units. */
const codePoints = (text: string): number => Array.from(text).length

/**
 * Text as people write it: NFC, trimmed, 1 to `lengthMax` code points, without control characters, lone surrogates
 * or characters that a program could not read.
 */
export const text = (lengthMax = 120) =>
  z
    .string()
    .trim()
    .normalize('NFC')
    .refine((value) => !CONTROL_OR_LONE_SURROGATE.test(value), {
      error: 'Must not contain control characters',
    })
    .refine((value) => !LOST.test(value), {
      error: 'Must not contain characters that were lost (U+FFFD): send the text as UTF-8',
    })
    .refine((value) => value.length > 0 && (value.length <= lengthMax || codePoints(value) <= lengthMax), {
      error: `Must have 1 to ${lengthMax} characters`,
    })
    .meta({ minLength: 1, maxLength: lengthMax })

/** Folds case and accents away, so that "São Paulo" and "SAO PAULO" compare equal. */
export const fold = (value: string): string =>
  value
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase()
    .trim()
