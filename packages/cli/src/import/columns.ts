import type { Texts } from '../language/language.ts'

/** Where the value of each column goes in a registration. */
const PATHS: Readonly<Record<string, readonly [string] | readonly [string, string]>> = {
  name: ['name'],
  code: ['code'],
  taxId: ['taxId'],
  street: ['address', 'street'],
  number: ['address', 'number'],
  complement: ['address', 'complement'],
  district: ['address', 'district'],
  city: ['address', 'city'],
  cityCode: ['address', 'cityCode'],
  state: ['address', 'state'],
  postalCode: ['address', 'postalCode'],
  latitude: ['location', 'latitude'],
  longitude: ['location', 'longitude'],
  contactName: ['contact', 'name'],
  contactEmail: ['contact', 'email'],
  contactPhone: ['contact', 'phone'],
}

const COLUMNS = new Map(Object.entries(PATHS).map(([column, path]) => [`/${path.join('/')}`, column]))

/** The column that a JSON pointer into a registration is written in; a group of columns keeps its pointer. */
export const columnOf = (pointer: string): string => COLUMNS.get(pointer) ?? pointer

const REQUIRED = ['name', 'taxId', 'street', 'number', 'district', 'city', 'cityCode', 'state', 'postalCode']
const NUMBERS = new Set(['latitude', 'longitude'])

/** Columns of a reject file; where one is imported again they are passed over. */
export const REJECT_COLUMNS = ['rejectedLine', 'rejectedReason'] as const
const PASSED_OVER = new Set<string>(REJECT_COLUMNS)

const repeated = (names: readonly string[]): string | undefined =>
  names.find((name, index) => names.indexOf(name) !== index)

/** What is wrong with the head of a CSV file; undefined where nothing is. */
export const headFault = (head: readonly string[], texts: Texts['import']): string | undefined => {
  const unknown = head.filter((name) => !PASSED_OVER.has(name) && !Object.hasOwn(PATHS, name))
  if (unknown.length > 0) return texts.unknownColumns(unknown.join(', '), Object.keys(PATHS).join(', '))
  const missing = REQUIRED.filter((name) => !head.includes(name))
  if (missing.length > 0) return texts.missingColumns(missing.join(', '))
  const twice = repeated(head)
  return twice === undefined ? undefined : texts.twiceColumn(twice)
}

// Spreadsheets in Brazil write a decimal comma.
const toNumber = (text: string): number => Number(text.trim().replace(',', '.'))

/** A registration from the fields of a row; empty ones are left out. What it holds is the service's to judge. */
export const toRegistration = (
  head: readonly string[],
  fields: readonly string[],
  texts: Texts['import'],
): { registration: Record<string, unknown> } | { fault: string } => {
  if (fields.length !== head.length) return { fault: texts.fieldCount(fields.length, head.length) }
  const registration: Record<string, unknown> = {}
  const groups = new Map<string, Record<string, unknown>>()
  for (const [index, column] of head.entries()) {
    const text = fields[index] ?? ''
    const path = PATHS[column]
    if (text.trim() === '' || path === undefined) continue
    const value = NUMBERS.has(column) ? toNumber(text) : text
    if (Number.isNaN(value)) return { fault: texts.badNumber(column) }
    const [first, second] = path
    if (second === undefined) registration[first] = value
    else groups.set(first, { ...groups.get(first), [second]: value })
  }
  return { registration: { ...registration, ...Object.fromEntries(groups) } }
}
