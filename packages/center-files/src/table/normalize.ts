import { STATES, stateByName } from '@mensageria/contracts/states'
import { taxId } from '@mensageria/contracts/tax-id'
import type { Field } from './columns.ts'

// As a spreadsheet or a program of ours would have written it, where that is certain; else as it stands: the service judges.
type Normalize = (text: string, row: { state: string }) => string

const DASHES = /[\u2010-\u2015\u2212]/g
const GROUPED = /^\d{1,3}(?:\.\d{3})+$|^\d{1,3}(?:,\d{3})+$/

// `'0123`, `1.234.567`, `1234567.0`: marks of a number that is none.
const toDigits = (text: string): string => {
  const bare = text.replace(/^'/, '').replaceAll(DASHES, '-').replaceAll(/\s/g, '')
  if (GROUPED.test(bare)) return bare.replaceAll(/[.,]/g, '')
  return bare.replace(/^(\d+)[.,]0+$/, '$1')
}

const CNPJ_LENGTH = 14

// Spreadsheets drop leading zeros. The check digits say whether it was so; 11 digits might be a CPF.
const toTaxId: Normalize = (text) => {
  const digits = toDigits(text)
  if (!/^\d{12,13}$/.test(digits)) return digits
  const whole = digits.padStart(CNPJ_LENGTH, '0')
  return taxId.safeParse(whole).success ? whole : digits
}

// Only São Paulo has a CEP that begins with a zero.
const toPostalCode: Normalize = (text, { state }) => {
  const digits = toDigits(text).replaceAll(/[.-]/g, '')
  if (/^\d{7}$/.test(digits) && state === 'SP') return `0${digits}`
  return /^\d+$/.test(digits) ? digits : text.trim()
}

const AREAS = new Set(
  '11 12 13 14 15 16 17 18 19 21 22 24 27 28 31 32 33 34 35 37 38 41 42 43 44 45 46 47 48 49 51 53 54 55 61 62 63 64 65 66 67 68 69 71 73 74 75 77 79 81 82 83 84 85 86 87 88 89 91 92 93 94 95 96 97 98 99'.split(
    ' ',
  ),
)

// A landline has 8 digits from 2 to 5, a mobile 9 digits from 9; both after the area.
const isBrazilian = (digits: string): boolean =>
  AREAS.has(digits.slice(0, 2)) && /^\d\d(?:[2-5]\d{7}|9\d{8})$/.test(digits)

const toPhone: Normalize = (text) => {
  const written = text.trim().replace(/^'/, '').replaceAll(DASHES, '-')
  if (!/^\+?[\d\s().-]+$/.test(written)) return written
  const digits = written.replaceAll(/\D/g, '')
  if (written.startsWith('+')) return `+${digits.replace(/^55(?:0(?=\d{10,11}$))/, '55')}`
  const area = digits.replace(/^(?:00)?55(?=\d{10,11}$)/, '').replace(/^0(?=\d{10,11}$)/, '')
  return isBrazilian(area) ? `+55${area}` : written
}

const toState: Normalize = (text) => {
  const state = text.trim().toUpperCase()
  return STATES.has(state) ? state : (stateByName(text) ?? text.trim())
}

const withoutMark: Normalize = (text) => text.trim().replace(/^'(?=[\d+-])/, '')

const NORMALIZE: Partial<Record<Field, Normalize>> = {
  taxId: toTaxId,
  cityCode: toDigits,
  postalCode: toPostalCode,
  state: toState,
  contactPhone: toPhone,
  code: withoutMark,
  number: (text, row) => withoutMark(text, row).replace(/^(\d+)[.,]0$/, '$1'),
  contactEmail: (text) => text.trim(),
}

/** The value of a cell as the service takes it. */
export const normalize = (field: Field, text: string, row: { state: string }): string =>
  NORMALIZE[field]?.(text, row) ?? text

/** A degree with a decimal point or comma; undefined where it could be read in two ways. */
export const toDegrees = (text: string): number | undefined => {
  const written = text.replaceAll(DASHES, '-').replaceAll(/\s/g, '').replace(/^'/, '')
  return /^[+-]?\d{1,3}(?:[.,]\d+)?$/.test(written) ? Number(written.replace(',', '.')) : undefined
}
