import { postalRegionFits } from '../../format/postal-region.ts'
import type { Draft, TextName } from './draft.ts'
import { OPTIONAL } from './draft.ts'

/** What is said about one field: nothing, a hint while it is being typed, that it is good, or what is wrong. */
export type FieldCheck =
  | { kind: 'none' | 'valid' }
  | { kind: 'hint'; key: 'shortTaxId'; count: number }
  | { kind: 'warning'; key: 'otherRegion' }
  | { kind: 'error'; key: ErrorKey }

type ErrorKey = 'required' | 'badTaxId' | 'badPostalCode' | 'badCode' | 'badEmail' | 'badPhone' | 'badText'

const TAX_ID_LENGTH = 14
const ERRORS: Partial<Record<TextName, ErrorKey>> = {
  taxId: 'badTaxId',
  postalCode: 'badPostalCode',
  code: 'badCode',
  email: 'badEmail',
  phone: 'badPhone',
}
// Those for which it is worth saying that they are right.
const CONFIRMED: ReadonlySet<TextName> = new Set(['taxId', 'postalCode'])

/**
 * Judges one field as it is typed. Nothing is wrong with an empty one until somebody has tried to send the form, and a CNPJ
 * that is being typed is incomplete, not wrong.
 */
export const checkField = (
  name: TextName,
  draft: Draft,
  invalid: ReadonlySet<TextName | 'city'>,
  wasSent: boolean,
): FieldCheck => {
  const value = draft[name].trim()
  if (value === '')
    return wasSent && !OPTIONAL.has(name) ? { kind: 'error', key: 'required' } : { kind: 'none' }
  const typed = value.replaceAll(/[./-]/g, '').length
  if (name === 'taxId' && typed < TAX_ID_LENGTH && !wasSent)
    return { kind: 'hint', key: 'shortTaxId', count: TAX_ID_LENGTH - typed }
  if (invalid.has(name)) return { kind: 'error', key: ERRORS[name] ?? 'badText' }
  if (name === 'postalCode' && draft.city && !postalRegionFits(value, draft.city.state))
    return { kind: 'warning', key: 'otherRegion' }
  return { kind: CONFIRMED.has(name) ? 'valid' : 'none' }
}
