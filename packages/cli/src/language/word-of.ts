import { labelOf, labelOfMany, toPhrase, type Words } from '@mensageria/contracts/words'
import type { Language } from './languages.ts'

/** A word of the table in contracts as it stands in a line or a cell; with a count, in the singular or the plural. */
export const wordOf = (words: Words, language: Language, count = 1): string =>
  toPhrase(count === 1 ? labelOf(words, language) : labelOfMany(words, language))

/** The same for several as the head of a column. */
export const headOf = (words: Words, language: Language): string => labelOfMany(words, language).toUpperCase()
