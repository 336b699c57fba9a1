import type { DistributionCenter } from '@mensageria/contracts'
import type { CenterPage, CenterQuery } from '@mensageria/core'
import type { DatabaseSync } from 'node:sqlite'
import { docOf, numberOf } from '../database/columns.ts'
import type { Read } from '../database/group-commit.ts'
import { decodePageToken, encodePageToken } from '../database/page-token.ts'

// The last code point there is: everything that starts with `q` sorts below `q` and this.
const AFTER_ALL = '\u{10FFFF}'

/** Pages of centers, newest first; every filter has an index. */
export const createCenterList =
  (db: DatabaseSync, read: Read) =>
  async ({ pageSize, pageToken, state, cityCode, q }: CenterQuery): Promise<CenterPage> => {
    const conditions: string[] = []
    const values: (string | number)[] = []
    const add = (condition: string, ...bound: (string | number)[]) => {
      conditions.push(condition)
      values.push(...bound)
    }
    if (pageToken !== undefined) add('seq < ?', ...decodePageToken(pageToken, 1))
    if (state !== undefined) add('state = ?', state)
    if (cityCode !== undefined) add('city_code = ?', cityCode)
    if (q !== undefined) {
      const starts = ['name_key', 'code_key', 'tax_id'].map((column) => `(${column} >= ? AND ${column} < ?)`)
      const upper = q.toUpperCase()
      add(`(${starts.join(' OR ')})`, q, q + AFTER_ALL, q, q + AFTER_ALL, upper, upper + AFTER_ALL)
    }
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`
    const select = db.prepare(`SELECT seq, doc FROM centers ${where} ORDER BY seq DESC LIMIT ?`)
    const rows = await read(() => select.all(...values, pageSize + 1))
    const page = rows.slice(0, pageSize)
    const last = page.at(-1)
    return {
      items: page.map((row) => docOf<DistributionCenter>(row)),
      ...(rows.length > pageSize && last ? { nextPageToken: encodePageToken(numberOf(last, 'seq')) } : {}),
    }
  }
