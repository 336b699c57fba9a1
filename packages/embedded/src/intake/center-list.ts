import type { DistributionCenter } from '@mensageria/contracts'
import { textMatches, type CenterPage, type CenterQuery } from '@mensageria/core'
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { docOf, numberOf } from '../database/columns.ts'
import type { Read } from '../database/group-commit.ts'
import { decodePageToken, encodePageToken } from '../database/page-token.ts'
import { createCentersByText, keysOf } from './centers-by-text.ts'

type Row = Record<string, unknown>
type Condition = { sql: string; value: SQLInputValue }

// Beyond what the indexes answer, centers are compared one by one: so many a page, in about 5 ms, and a page may end early.
const COMPARED_MAX = 2_000

const conditionsOf = ({ state, cityCode }: CenterQuery, below: number | undefined): Condition[] => [
  ...(below === undefined ? [] : [{ sql: 'seq < ?', value: below }]),
  ...(state === undefined ? [] : [{ sql: 'state = ?', value: state }]),
  ...(cityCode === undefined ? [] : [{ sql: 'city_code = ?', value: cityCode }]),
]

const isListed = (row: Row, { state, cityCode }: CenterQuery, below = Number.POSITIVE_INFINITY): boolean =>
  numberOf(row, 'seq') < below &&
  (state === undefined || row['state'] === state) &&
  (cityCode === undefined || row['city_code'] === cityCode)

const pageOf = (rows: readonly Row[], more: boolean): CenterPage => {
  const last = rows.at(-1)
  return {
    items: rows.map((row) => docOf<DistributionCenter>(row)),
    ...(more && last ? { nextPageToken: encodePageToken(numberOf(last, 'seq')) } : {}),
  }
}

/** Pages of centers, newest first; every filter has an index, and a text that fits many is compared within bounds. */
export const createCenterList = (db: DatabaseSync, read: Read) => {
  const byText = createCentersByText(db)
  const newestFirst = (columns: string, conditions: readonly Condition[]) => {
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`
    return db.prepare(`SELECT seq, ${columns} FROM centers ${where} ORDER BY seq DESC LIMIT ?`)
  }
  const one = db.prepare('SELECT seq, doc FROM centers WHERE seq = ?')

  const load = (rows: readonly Row[]): Row[] => rows.flatMap((row) => one.all(numberOf(row, 'seq')))

  const compare = (query: CenterQuery, below: number | undefined): CenterPage => {
    const { q, pageSize } = query
    const conditions = conditionsOf(query, below)
    const select = newestFirst('name_key, code_key, tax_id', conditions)
    const found: Row[] = []
    let compared = 0
    let last: Row | undefined
    let more = false
    for (const row of select.iterate(...conditions.map(({ value }) => value), COMPARED_MAX + 1)) {
      more = found.length === pageSize || compared === COMPARED_MAX
      if (more) break
      compared += 1
      last = row
      if (textMatches(keysOf(row), q)) found.push(row)
    }
    return {
      items: load(found).map((row) => docOf<DistributionCenter>(row)),
      ...(more && last ? { nextPageToken: encodePageToken(numberOf(last, 'seq')) } : {}),
    }
  }

  const list = (query: CenterQuery): CenterPage => {
    const { pageSize, pageToken, q } = query
    const [below] = pageToken === undefined ? [] : decodePageToken(pageToken, 1)
    if (q === undefined) {
      const conditions = conditionsOf(query, below)
      const select = newestFirst('doc', conditions)
      const rows = select.all(...conditions.map(({ value }) => value), pageSize + 1)
      return pageOf(rows.slice(0, pageSize), rows.length > pageSize)
    }
    const few = byText(q)
    if (!few) return compare(query, below)
    const found = few.filter((row) => isListed(row, query, below))
    return pageOf(load(found.slice(0, pageSize)), found.length > pageSize)
  }

  return async (query: CenterQuery): Promise<CenterPage> => read(() => list(query))
}
