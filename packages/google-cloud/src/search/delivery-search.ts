import {
  canMatchWaiting,
  InvalidPageTokenError,
  type DeliveryPage,
  type DeliverySearch,
  type FoundDelivery,
} from '@mensageria/core'
import type { Connection } from '../firestore/connect-firestore.ts'
import { compareIds, type ListPart } from '../firestore/newest-first.ts'
import { decodePlace, encodePlace, type Place } from '../firestore/page-token.ts'
import { createCenterSearch, placeOf } from './find-by-center.ts'
import { createRowSearch } from './find-rows.ts'
import { createWaitingSearch } from './find-waiting.ts'
import type { SearchedIntegration } from './searched-integration.ts'

type Part = (pageSize: number, after: Place['after']) => Promise<ListPart<FoundDelivery>>

// Part after part, until the page is full.
const fill = async (parts: readonly Part[], start: Place, pageSize: number): Promise<DeliveryPage> => {
  const items: FoundDelivery[] = []
  let { after } = start
  for (const [index, part] of parts.entries()) {
    if (index < start.part) continue
    if (items.length === pageSize) return { items, nextPageToken: encodePlace({ part: index }) }
    const found = await part(pageSize - items.length, after)
    items.push(...found.items)
    if (found.next) return { items, nextPageToken: encodePlace({ part: index, after: found.next }) }
    after = undefined
  }
  return { items }
}

// Whether a pair at `place` comes after where the last page ended.
const isBehind = (place: Required<Place>, { part, after }: Place): boolean => {
  if (place.part !== part || !after) return place.part >= part
  return (
    place.after.at < after.at || (place.after.at === after.at && compareIds(place.after.id, after.id) > 0)
  )
}

const pageOf = (
  found: readonly FoundDelivery[],
  integrations: readonly SearchedIntegration[],
  start: Place,
  pageSize: number,
): DeliveryPage => {
  const rest = found.filter((one) => isBehind(placeOf(one, integrations), start))
  const items = rest.slice(0, pageSize)
  const last = items.at(-1)
  return last && rest.length > items.length
    ? { items, nextPageToken: encodePlace(placeOf(last, integrations)) }
    : { items }
}

/**
 * The delivery search port: rows by state and cause, then what waits at each integration. Where the centers are known, or a
 * text finds few of them, their pairs are looked up; the places of the list are the same either way.
 */
export const createDeliverySearch = (
  connection: Connection,
  configured: readonly SearchedIntegration[],
): DeliverySearch => {
  const findRows = createRowSearch(connection)
  const findWaiting = createWaitingSearch(connection)
  const findByCenter = createCenterSearch(connection)

  return {
    find: async (filter, { pageSize, pageToken }) => {
      const start = pageToken === undefined ? { part: 0 } : decodePlace(pageToken)
      const integrations = configured.filter(
        ({ name }) => filter.integration === undefined || filter.integration === name,
      )
      if (start.part > integrations.length) throw new InvalidPageTokenError('Unknown page')
      const known = await findByCenter(filter, integrations)
      if (known) return pageOf(known, integrations, start, pageSize)
      const waiting = canMatchWaiting(filter) ? integrations : []
      const parts: Part[] = [
        (room, after) => findRows(filter, integrations, room, after),
        ...waiting.map(
          (integration): Part =>
            (room, after) =>
              findWaiting(filter, integration, room, after),
        ),
      ]
      return fill(parts, start, pageSize)
    },
  }
}
