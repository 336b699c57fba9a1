import type { DatabaseSync } from 'node:sqlite'
import { numberOf, textOf } from '../database/columns.ts'

type Row = Record<string, unknown>

// Where more fit, the caller compares them page by page.
const CENTERS_MAX = 200

// The last code point there is: everything that starts with `q` sorts below `q` and this.
const AFTER_ALL = '\u{10FFFF}'

/** What a search compares with the start of a text (`textMatches`), folded: name, code and taxId (letters and digits). */
export const keysOf = (row: Row): string[] => [
  textOf(row, 'name_key'),
  ...(typeof row['code_key'] === 'string' ? [row['code_key']] : []),
  textOf(row, 'tax_id').toLowerCase(),
]

/** Finds centers by the folded start of name, code or taxId, newest first; undefined where more than 200 fit. */
export const createCentersByText = (db: DatabaseSync) => {
  const select = db.prepare(
    `SELECT seq, id, state, city_code FROM centers WHERE (name_key >= ? AND name_key < ?)
     OR (code_key >= ? AND code_key < ?) OR (tax_id >= ? AND tax_id < ?) LIMIT ${CENTERS_MAX + 1}`,
  )
  return (q: string): Row[] | undefined => {
    const upper = q.toUpperCase()
    const found = select.all(q, q + AFTER_ALL, q, q + AFTER_ALL, upper, upper + AFTER_ALL)
    return found.length > CENTERS_MAX
      ? undefined
      : found.toSorted((a, b) => numberOf(b, 'seq') - numberOf(a, 'seq'))
  }
}
