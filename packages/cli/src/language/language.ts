import type { Language } from './languages.ts'
import { EN, type Texts } from './texts-en.ts'
import { PT_BR } from './texts-pt-br.ts'

export type { Language } from './languages.ts'
export type { Texts } from './texts-en.ts'

const TEXTS: Readonly<Record<Language, Texts>> = { en: EN, 'pt-BR': PT_BR }

export const textsOf = (language: Language): Texts => TEXTS[language]

/** The language that is asked for with `--lang`, or that of the terminal: LC_ALL, LC_MESSAGES, LANG. */
export const pickLanguage = (
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Language => {
  const index = argv.findIndex((argument) => argument === '--lang' || argument.startsWith('--lang='))
  const asked = index < 0 ? undefined : (argv[index]?.split('=')[1] ?? argv[index + 1])
  const locale = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => (value ?? '') !== '')
  return /^pt/i.test(asked ?? locale ?? '') ? 'pt-BR' : 'en'
}
