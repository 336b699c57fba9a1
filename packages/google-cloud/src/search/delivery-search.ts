import {
  InvalidPageTokenError,
  type DeliveryPage,
  type DeliverySearch,
  type FoundDelivery,
} from '@mensageria/core'
import type { Connection } from '../firestore/connect-firestore.ts'
import { createCenterSearch } from './find-by-center.ts'
import { createRowSearch } from './find-rows.ts'
import { createWaitingSearch, missingCanFit, type SearchedIntegration } from './find-waiting.ts'
import type { ListPart } from '../firestore/newest-first.ts'
import { decodePlace, encodePlace, type Place } from '../firestore/page-token.ts'

type Part = (pageSize: number, after: Place['after']) => Promise<ListPart<FoundDelivery>>

// Part after part, until the page is full.
const fill = async (parts: readonly Part[], start: Place, pageSize: number): Promise<DeliveryPage> => {
  if (start.part >= Math.max(1, parts.length)) throw new InvalidPageTokenError('Unknown page')
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

/**
 * The delivery search port: rows by state and cause, then what waits at each integration, each newest first. Where the
 * centers are known or searched by text, they are gone through, and their rows looked up.
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
      if (filter.centerId !== undefined || filter.q !== undefined)
        return findByCenter(filter, integrations, pageSize, start)
      const names = integrations.map(({ name }) => name)
      const waiting = missingCanFit(filter) ? integrations : []
      const parts: Part[] = [
        (room, after) => findRows(filter, names, room, after),
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
