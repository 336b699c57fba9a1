import { SIMULATED_WORDS } from '@mensageria/contracts/words'
import type { Language } from './languages.ts'
import { wordOf } from './word-of.ts'

/** A word of a state or a health, and whether a simulator answers for it. */
export const withSimulated = (
  word: string,
  { simulated }: { simulated?: true | undefined },
  language: Language,
): string => (simulated ? `${word} (${wordOf(SIMULATED_WORDS, language)})` : word)
