import { plainText, type DistributionCenter } from '@mensageria/contracts'
import type { Outcome } from './outcome.ts'

// Shorter ones would be found in the middle of words.
const SECRET_MIN = 4
/** What stands in the ledger and in logs for what nobody may read there. */
export const HIDDEN = '***'
// 11.222.333/0001-81 is 11222333000181, and (11) 3333-4444 is 1133334444.
const BETWEEN = String.raw`[\s\uFFFD().+/-]{0,3}`

const patternOf = (secret: string): string =>
  Array.from(secret, (character) => character.replace(/[\\^$.*+?()[\]{}|/]/, String.raw`\$&`)).join(BETWEEN)

/** What a system may repeat of a center in its answer, and nobody may find in a log or in the ledger. */
export const personalTexts = ({ taxId, contact }: DistributionCenter): string[] =>
  [taxId, contact?.email, contact?.phone, contact?.phone?.replace(/^\+55/, ''), contact?.name].filter(
    (text) => text !== undefined,
  )

const SEPARATORS = /[\s\uFFFD().+/-]+/gu
const bare = (text: string): string => text.replaceAll(SEPARATORS, '').toLowerCase()

// A pattern for all spellings is dear to make and to run, and nearly no answer repeats anything: what is not there without its
// separators is there in no spelling.
const repeatedIn = (texts: readonly string[], secrets: readonly string[]): string[] => {
  const said = texts.map((text) => bare(plainText(text)))
  return secrets.filter(
    (secret) => secret.length >= SECRET_MIN && said.some((text) => text.includes(bare(secret))),
  )
}

const textsOf = (outcome: Outcome): string[] => {
  if (outcome.kind !== 'delivered') return [outcome.cause, outcome.message]
  return outcome.externalId === undefined ? [] : [outcome.externalId]
}

/** The outcome with `HIDDEN` for each of these texts, however it is spelled: a system may repeat what it was sent. */
export const conceal = (outcome: Outcome, secrets: readonly string[]): Outcome => {
  const repeated = repeatedIn(textsOf(outcome), secrets)
  if (repeated.length === 0) return outcome
  const all = new RegExp(repeated.map(patternOf).join('|'), 'giu')
  const hide = (text: string) => plainText(text).replaceAll(all, HIDDEN)
  if (outcome.kind !== 'delivered') {
    return { ...outcome, cause: hide(outcome.cause), message: hide(outcome.message) }
  }
  const { externalId } = outcome
  return externalId === undefined ? outcome : { ...outcome, externalId: hide(externalId) }
}
