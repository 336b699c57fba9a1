import { formerNamesOf } from './former-names.ts'
import type { Municipality } from './municipality.ts'

// "d'Oeste", "D OESTE" and "do Oeste" are the same place; so are "Bela Vista da Caroba" and "do".
const PARTICLES = new Set(['d', 'da', 'de', 'do', 'das', 'dos', 'e'])

const ABBREVIATED: Readonly<Record<string, string>> = { s: 'sao', sta: 'santa', sto: 'santo', st: 'santo' }

const wordsOf = (name: string): string[] =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !PARTICLES.has(word))
    .map((word) => ABBREVIATED[word] ?? word)

// Spellings of one sound: Luís and Luiz, Paraty and Parati, Thomé and Tomé, Mello and Melo, Mogi and Moji, Moraes and Morais.
// A test holds that no two municipalities of a state come to the same.
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/y/g, 'i'],
  [/w/g, 'v'],
  [/z/g, 's'],
  [/ph/g, 'f'],
  [/h/g, ''],
  [/g(?=[ei])/g, 'j'],
  [/ct/g, 't'],
  [/ae/g, 'ai'],
  [/(.)\1+/g, '$1'],
]

const soundOf = (name: string): string =>
  SOUNDS.reduce((text, [pattern, sound]) => text.replaceAll(pattern, sound), wordsOf(name).join(''))

// Açu and Assu: with the cedilla it sounds like "s", and where accents are left out like "c".
const keysOf = (name: string): string[] => [soundOf(name), soundOf(name.replaceAll(/ç|c\u0327/gi, 's'))]

/** What the names of a municipality come to, the former ones too. */
export const nameKeysOf = ({ code, name }: Municipality): ReadonlySet<string> =>
  new Set([name, ...formerNamesOf(code)].flatMap(keysOf))

const STATE_AT_END = /[\s,/(-]+([A-Z]{2})\s*\)?\s*$/i

// "Cajamar - SP", "Cajamar/SP", "Cajamar (SP)".
const withoutState = (name: string, state: string): string => {
  const [end, found] = STATE_AT_END.exec(name) ?? []
  return end !== undefined && found?.toUpperCase() === state ? name.slice(0, -end.length) : name
}

/**
 * Whether people call a municipality so: by its official name in any spelling, case or punctuation, or by a name that it had.
 * The code has said which one is meant; this only finds a code that was mixed up.
 */
export const isNameOf = (municipality: Municipality, asked: string): boolean => {
  if (asked === municipality.name) return true
  const known = nameKeysOf(municipality)
  return keysOf(withoutState(asked, municipality.state)).some((key) => known.has(key))
}
