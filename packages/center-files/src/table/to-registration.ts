import type { Row } from '../row.ts'
import { isBlank, isDate, saysNoValue, toText } from './cell.ts'
import { PATHS, type Column, type Field } from './columns.ts'
import { normalize, toDegrees } from './normalize.ts'

type Content = Row['content']

// The state of a row says what its CEP may be.
const stateOf = (columns: readonly Column[], cells: readonly string[]): string => {
  const index = columns.findIndex(({ field }) => field === 'state')
  return normalize('state', toText(cells[index] ?? ''), { state: '' })
}

const isDegree = (field: Field): boolean => field === 'latitude' || field === 'longitude'
const mayBeDate = (field: Field): boolean => field === 'number' || field === 'code'

/** A registration from the cells of a row; empty ones are left out. What it holds is the service's to judge. */
export const toRegistration = (columns: readonly Column[], cells: readonly string[]): Content => {
  const found = cells.findLastIndex((cell) => !isBlank(cell)) + 1
  if (found > columns.length) return { fault: { kind: 'extra-cells', found, expected: columns.length } }
  const row = { state: stateOf(columns, cells) }
  const registration: Record<string, unknown> = {}
  const groups = new Map<string, Record<string, unknown>>()
  for (const [index, { header: column, field }] of columns.entries()) {
    const text = toText(cells[index] ?? '')
    if (field === undefined || field === 'passedOver' || text.trim() === '') continue
    if (saysNoValue(text)) return { fault: { kind: 'no-value', column, value: text.trim() } }
    if (mayBeDate(field) && isDate(text)) return { fault: { kind: 'date', column, value: text.trim() } }
    const value = isDegree(field) ? toDegrees(text) : normalize(field, text, row)
    if (value === undefined) return { fault: { kind: 'number', column } }
    const [first, second] = PATHS[field]
    if (second === undefined) registration[first] = value
    else groups.set(first, { ...groups.get(first), [second]: value })
  }
  return { registration: { ...registration, ...Object.fromEntries(groups) } }
}
