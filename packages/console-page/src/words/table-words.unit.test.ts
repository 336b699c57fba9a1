import {
  AUDIT_WORDS,
  HEALTH_WORDS,
  KIND_WORDS,
  labelOf,
  labelOfMany,
  REDRIVE_WORDS,
  RESULT_WORDS,
  STATE_WORDS,
  TRIGGER_WORDS,
} from '@mensageria/contracts'
import { en } from '../i18n/en/index.ts'
import { ptBr } from '../i18n/pt-br/index.ts'

type Tree = { [key: string]: string | Tree }
const leaves = (texts: Tree): string[] =>
  Object.values(texts).flatMap((value) => (typeof value === 'string' ? [value] : leaves(value)))

const TABLES = [
  AUDIT_WORDS,
  STATE_WORDS,
  KIND_WORDS,
  HEALTH_WORDS,
  REDRIVE_WORDS,
  RESULT_WORDS,
  TRIGGER_WORDS,
]
const tableWords = (language: string): Set<string> =>
  new Set(
    TABLES.flatMap((table) => Object.values(table))
      .flatMap((words) => [labelOf(words, language), labelOfMany(words, language)])
      .map((label) => label.toLowerCase()),
  )

// Where a text of the page were one of them, the two could come to differ.
test.each([
  ['en', en],
  ['pt-BR', ptBr],
])(
  'no text in %s is a second copy of a word for a state, a kind, a health, a result or a trigger',
  (language, texts) => {
    const words = tableWords(language)
    expect(leaves(texts).filter((text) => words.has(text.toLowerCase()))).toEqual([])
  },
)
