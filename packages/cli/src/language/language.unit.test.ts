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
