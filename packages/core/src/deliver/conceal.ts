import { plainText, type DistributionCenter } from '@mensageria/contracts'
import type { Outcome } from './outcome.ts'

// Shorter ones would be found in the middle of words.
const SECRET_MIN = 4
// 11.222.333/0001-81 is 11222333000181, and (11) 3333-4444 is 1133334444.
const BETWEEN = String.raw`[\s\uFFFD().+/-]{0,3}`

const patternOf = (secret: string): string =>
  Array.from(secret, (character) => character.replace(/[\\^$.*+?()[\]{}|/]/, String.raw`\$&`)).join(BETWEEN)

/** What a system may repeat of a center in its answer, and nobody may find in a log or in the ledger. */
export const personalTexts = ({ taxId, contact }: DistributionCenter): string[] =>
  [taxId, contact?.email, contact?.phone, contact?.phone?.replace(/^\+55/, ''), contact?.name].filter(
    (text) => text !== undefined,
  )

/** The outcome with `***` for each of these texts, however it is spelled: a system may repeat what it was sent. */
export const conceal = (outcome: Outcome, secrets: readonly string[]): Outcome => {
  const patterns = secrets.filter(({ length }) => length >= SECRET_MIN).map(patternOf)
  if (patterns.length === 0) return outcome
  const all = new RegExp(patterns.join('|'), 'giu')
  const hide = (text: string) => plainText(text).replaceAll(all, '***')
  if (outcome.kind !== 'delivered') {
    return { ...outcome, cause: hide(outcome.cause), message: hide(outcome.message) }
  }
  const { externalId } = outcome
  return externalId === undefined ? outcome : { ...outcome, externalId: hide(externalId) }
}
