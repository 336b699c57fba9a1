import { SHOWN_STATES, type FoundDelivery } from '@mensageria/core'
import type { DatabaseSync } from 'node:sqlite'
import { numberOf, textOf } from '../database/columns.ts'
import { CENTER_COLUMNS, toFound } from './found-deliveries.ts'
import { ANSWERED, comparePositions, laterOf, type Position } from './positions.ts'
import { isMeant, type Query } from './query.ts'

/** Part of a page, and where the rest of its phase begins; absent where nothing is left of it. */
export type Part = { items: FoundDelivery[]; next: Position | undefined }

// What no index answers is compared row by row, so many in one turn (about 5 ms where their histories are full).
const CANDIDATES_MAX = 200
// A kind is found by its causes, unless there are more: then its rows are compared.
const CAUSES_MAX = 20

const prepare = (db: DatabaseSync) => {
  const keys = (condition: string) =>
    db.prepare(
      `SELECT rowid AS id, attempted_at AS at FROM deliveries
       WHERE integration = ? AND shown = ? ${condition} AND (attempted_at, rowid) < (?, ?) AND attempted_at >= ?
       ORDER BY attempted_at DESC, rowid DESC LIMIT ?`,
    )
  return {
    byState: keys(''),
    byCause: keys('AND cause IS NOT NULL AND cause = ?'),
    causes: db.prepare(
      `SELECT cause FROM failure_groups WHERE integration = ? AND kind = ? AND n > 0 LIMIT ${CAUSES_MAX + 1}`,
    ),
    one: db.prepare(
      `SELECT d.integration, d.doc, ${CENTER_COLUMNS} FROM deliveries d CROSS JOIN centers c ON c.id = d.center_id
       WHERE d.rowid = ?`,
    ),
  }
}

/** Pages of the rows that answer for their center's version, the newest attempt first. */
export const createAnsweredPages = (db: DatabaseSync) => {
  const { byState, byCause, causes, one } = prepare(db)

  // Undefined: no index of causes answers it.
  const causesOf = ({ filter: { kind, cause } }: Query, integration: string): string[] | undefined => {
    const asked = cause === undefined ? undefined : [cause]
    if (kind === undefined) return asked
    const found = causes.all(integration, kind).map((row) => textOf(row, 'cause'))
    if (found.length > CAUSES_MAX) return asked
    return asked ? asked.filter((name) => found.includes(name)) : found
  }

  // The next rows over all lists, each of which has them in this order: a list that was cut has enough of its own.
  const nextOf = (query: Query, from: Position, limit: number): Position[] => {
    const { states = SHOWN_STATES, since = 0, until } = query.filter
    const { at, id } = until === undefined ? from : laterOf(from, { phase: ANSWERED, at: until, id: 0 })
    const range = [at, id, since, limit] as const
    const lists = query.integrations.flatMap(({ name }) => {
      const named = causesOf(query, name)
      return states
        .filter((state) => state !== 'waiting')
        .flatMap((state) =>
          named
            ? named.flatMap((cause) => byCause.all(name, state, cause, ...range))
            : byState.all(name, state, ...range),
        )
    })
    return lists
      .map((row) => ({ phase: ANSWERED, at: numberOf(row, 'at'), id: numberOf(row, 'id') }))
      .toSorted(comparePositions)
      .slice(0, limit)
  }

  /** The row with this number, where the filter means it. */
  const load = (query: Query, id: number): FoundDelivery | undefined => {
    const row = one.get(id)
    const settings = row && query.integrations.find(({ name }) => name === row['integration'])
    if (!settings) return undefined
    const found = toFound(row, settings.name)
    return isMeant(query, row, found, settings) ? found : undefined
  }

  return {
    load,
    page: (query: Query, from: Position, room: number): Part => {
      const { kind, q } = query.filter
      const isExact = kind === undefined && q === undefined
      const limit = isExact ? Math.min(CANDIDATES_MAX, room + 1) : CANDIDATES_MAX
      const candidates = nextOf(query, from, limit)
      const items: FoundDelivery[] = []
      let next = from
      for (const position of candidates) {
        if (items.length === room) return { items, next }
        const found = load(query, position.id)
        if (found) items.push(found)
        next = position
      }
      return { items, next: candidates.length < limit ? undefined : next }
    },
  }
}
