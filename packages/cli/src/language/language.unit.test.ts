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
} from '@mensageria/contracts/words'
import { pickLanguage, textsOf } from './language.ts'

test.each([
  [['centers'], {}, 'en'],
  [['centers'], { LANG: 'pt_BR.UTF-8' }, 'pt-BR'],
  [['centers'], { LANG: 'pt_BR.UTF-8', LC_ALL: 'C' }, 'en'],
  [['centers'], { LANG: 'en_US.UTF-8', LC_MESSAGES: 'pt_BR' }, 'pt-BR'],
  [['centers', '--lang', 'pt-BR'], { LANG: 'C' }, 'pt-BR'],
  [['--lang=en', 'centers'], { LANG: 'pt_BR.UTF-8' }, 'en'],
])('%j with %j speaks %s', (argv, env, language) => {
  expect(pickLanguage(argv, env)).toBe(language)
})

// Every sentence, called with what its parameters would be.
const sentencesOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  if (typeof value === 'function') return [String(Reflect.apply(value, undefined, ['1', '2', '3', '4']))]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(sentencesOf) : []
}

test('Portuguese says everything, and nothing of it in English', () => {
  const [english, portuguese] = [sentencesOf(textsOf('en')), sentencesOf(textsOf('pt-BR'))]
  const same = english.filter((sentence) => sentence.includes(' ') && portuguese.includes(sentence))
  expect(same).toEqual([])
  expect(portuguese.join(' ')).not.toMatch(/undefined|\b(?:the|is|not|with)\b/i)
})

const TABLES = [
  AUDIT_WORDS,
  STATE_WORDS,
  KIND_WORDS,
  HEALTH_WORDS,
  REDRIVE_WORDS,
  RESULT_WORDS,
  TRIGGER_WORDS,
]

// Where a text of the CLI were one of them, the two could come to differ. The heads of columns are made of the table.
test.each(['en', 'pt-BR'] as const)(
  'no text in %s is a second copy of a word for a state, a kind, a health, a result or a trigger',
  (language) => {
    const words = new Set(
      TABLES.flatMap((table) => Object.values(table))
        .flatMap((one) => [labelOf(one, language), labelOfMany(one, language)])
        .map((label) => label.toLowerCase()),
    )
    const { heads, ...texts } = textsOf(language)
    expect(sentencesOf(texts).filter((text) => words.has(text.toLowerCase()))).toEqual([])
    expect(heads.integrations).toContain(labelOfMany(STATE_WORDS.delivered, language).toUpperCase())
  },
)
