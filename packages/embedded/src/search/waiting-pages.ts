import { eventIdOf } from '@mensageria/contracts'
import type { FoundDelivery } from '@mensageria/core'
import type { DatabaseSync } from 'node:sqlite'
import { numberOf } from '../database/columns.ts'
import type { Part } from './answered-pages.ts'
import { CENTER_COLUMNS, toFound } from './found-deliveries.ts'
import { laterOf, type Position } from './positions.ts'
import { isMeant, type Query, type SearchedIntegration } from './query.ts'

// Centers are passed in their own order, so many in one turn (about 5 ms); of those that wait, so many are compared.
const CENTERS_A_TURN = 1_000
const CANDIDATES_MAX = 200

const prepare = (db: DatabaseSync) => ({
  // CENTERS_A_TURN further, by the index alone.
  end: db.prepare(
    `SELECT created_at AS at, seq AS id FROM centers WHERE (created_at, seq) < (?, ?)
     ORDER BY created_at DESC, seq DESC LIMIT 1 OFFSET ${CENTERS_A_TURN - 1}`,
  ),
  candidates: db.prepare(
    `SELECT d.doc, ${CENTER_COLUMNS} FROM centers c LEFT JOIN deliveries d ON d.center_id = c.id AND d.integration = ?
     WHERE (c.created_at, c.seq) < (?, ?) AND (c.created_at, c.seq) >= (?, ?)
       AND (d.rowid IS NULL OR d.shown = 'waiting')
     ORDER BY c.created_at DESC, c.seq DESC LIMIT ${CANDIDATES_MAX}`,
  ),
  one: db.prepare(
    `SELECT d.doc, ${CENTER_COLUMNS} FROM centers c LEFT JOIN deliveries d ON d.center_id = c.id AND d.integration = ?
     WHERE c.seq = ?`,
  ),
  event: db.prepare('SELECT seq FROM events WHERE id = ?'),
  waiting: db.prepare(`SELECT n FROM counters WHERE name = 'waiting' AND integration = ?`),
})

/** Pages of what waits at an integration, the newest center first. */
export const createWaitingPages = (db: DatabaseSync) => {
  const { end, candidates, one, event, waiting } = prepare(db)

  // A row that answered when the first page was asked for, and waits by a version that came since, may have been shown.
  const mayBeShown = (query: Query, { row, centerId, centerVersion }: FoundDelivery, newestEvent: number) => {
    if (row === undefined || !query.answered) return false
    const found = event.get(eventIdOf(centerId, centerVersion))
    return found !== undefined && numberOf(found, 'seq') > newestEvent
  }

  const toMeant = (
    query: Query,
    row: Record<string, unknown>,
    settings: SearchedIntegration,
    newestEvent: number,
  ): FoundDelivery | undefined => {
    const found = toFound(row, settings.name)
    return isMeant(query, row, found, settings) && !mayBeShown(query, found, newestEvent) ? found : undefined
  }

  return {
    /** Whether anything can wait there: what is not owed is in no counter. */
    canHave: ({ filter }: Query, { name, since }: SearchedIntegration): boolean => {
      if (filter.scope === 'all' && since !== undefined) return true
      const found = waiting.get(name)
      return found !== undefined && numberOf(found, 'n') > 0
    },
    /** The center with this number, where the filter means it. */
    load: (query: Query, settings: SearchedIntegration, id: number, newestEvent: number) => {
      const row = one.get(settings.name, id)
      return row && toMeant(query, row, settings, newestEvent)
    },
    page: (
      query: Query,
      settings: SearchedIntegration,
      position: Position,
      room: number,
      newestEvent: number,
    ): Part => {
      const { phase } = settings
      const { until } = query.filter
      // A version is accepted no earlier than its center.
      const from = until === undefined ? position : laterOf(position, { phase, at: until, id: 0 })
      const last = end.get(from.at, from.id)
      const [endAt, endId] = last ? [numberOf(last, 'at'), numberOf(last, 'id')] : [0, 0]
      const rows = candidates.all(settings.name, from.at, from.id, endAt, endId)
      const items: FoundDelivery[] = []
      let next = from
      for (const row of rows) {
        if (items.length === room) return { items, next }
        const found = toMeant(query, row, settings, newestEvent)
        if (found) items.push(found)
        next = { phase, at: numberOf(row, 'created_at'), id: numberOf(row, 'seq') }
      }
      if (rows.length === CANDIDATES_MAX) return { items, next }
      return { items, next: last ? { phase, at: endAt, id: endId } : undefined }
    },
  }
}
