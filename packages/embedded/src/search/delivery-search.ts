import type { DeliveryPage, DeliverySearch, FoundDelivery } from '@mensageria/core'
import type { DatabaseSync } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Read } from '../database/group-commit.ts'
import { createAnsweredPages, type Part } from './answered-pages.ts'
import { createCenterPairs } from './center-pairs.ts'
import {
  ANSWERED,
  comparePositions,
  decodeCursor,
  encodeCursor,
  startOf,
  type Cursor,
  type Position,
} from './positions.ts'
import { toQuery, type Query } from './query.ts'
import { createWaitingPages } from './waiting-pages.ts'

// What one page takes at most, each in a turn of its own; then it ends early.
const TURNS_MAX = 10

/**
 * The delivery search port: the rows that answer, by index, then what waits at each integration. Everything that an index
 * gives is compared by `matches` (core), which alone decides.
 */
export const createDeliverySearch = (
  db: DatabaseSync,
  read: Read,
  configured: readonly { name: string; since?: number }[],
): DeliverySearch => {
  const answered = createAnsweredPages(db)
  const waiting = createWaitingPages(db)
  const centerPairs = createCenterPairs(db)
  const newest = db.prepare('SELECT max(seq) AS seq FROM events')

  const begin = (): Cursor => {
    const seq = newest.get()?.['seq']
    return { position: startOf(ANSWERED), newestEvent: typeof seq === 'number' ? seq : 0 }
  }

  /** The first phase from this one on in which the query can find something. */
  const phaseFrom = (query: Query, phase: number): number | undefined => {
    if (phase <= ANSWERED && query.answered) return ANSWERED
    if (!query.waiting) return undefined
    return query.integrations.find(
      (integration) => integration.phase >= phase && waiting.canHave(query, integration),
    )?.phase
  }

  const fewPart = (query: Query, pairs: readonly Position[], cursor: Cursor, room: number): Part => {
    const items: FoundDelivery[] = []
    let next = cursor.position
    for (const position of pairs.filter((one) => comparePositions(one, next) > 0)) {
      if (items.length === room) return { items, next }
      const settings = query.integrations.find(({ phase }) => phase === position.phase)
      const found = settings
        ? waiting.load(query, settings, position.id, cursor.newestEvent)
        : answered.load(query, position.id)
      if (found) items.push(found)
      next = position
    }
    return { items, next: undefined }
  }

  /** What one turn finds from a place on; `next` is absent where nothing is left of the whole search. */
  const partOf = (query: Query, { position, newestEvent }: Cursor, room: number): Part => {
    const pairs = centerPairs(query)
    if (pairs) return fewPart(query, pairs, { position, newestEvent }, room)
    const phase = phaseFrom(query, position.phase)
    if (phase === undefined) return { items: [], next: undefined }
    const from = phase === position.phase ? position : startOf(phase)
    const settings = query.integrations.find((integration) => integration.phase === phase)
    const { items, next } = settings
      ? waiting.page(query, settings, from, room, newestEvent)
      : answered.page(query, from, room)
    if (next) return { items, next }
    const after = phaseFrom(query, phase + 1)
    return { items, next: after === undefined ? undefined : startOf(after) }
  }

  return {
    find: async (filter, { pageSize, pageToken }) => {
      const query = toQuery(filter, configured)
      const given = pageToken === undefined ? undefined : decodeCursor(pageToken, query.integrations.length)
      // A loop over all pages must not hold the thread.
      await nextTurn()
      const { position: start, newestEvent } = given ?? begin()
      const items: FoundDelivery[] = []
      let position: Position | undefined = start
      for (let turn = 0; turn < TURNS_MAX && position && items.length < pageSize; turn++) {
        if (turn > 0) await nextTurn()
        const part: Part = partOf(query, { position, newestEvent }, pageSize - items.length)
        items.push(...part.items)
        position = part.next
      }
      const page: DeliveryPage = position
        ? { items, nextPageToken: encodeCursor({ position, newestEvent }) }
        : { items }
      // Resolves when what was seen is on the disk.
      return read(() => page)
    },
  }
}
