import { matches, shownState, type DeliveryFilter, type FoundDelivery } from '@mensageria/core'
import { indexedPrefix, startsWith, centerOf } from '../intake/center-document.ts'
import { CENTERS } from '../intake/center-list.ts'
import type { Connection } from '../firestore/connect-firestore.ts'
import { createNewestFirst, type ListPart } from '../firestore/newest-first.ts'
import type { Position } from '../firestore/page-token.ts'
import { createRowsOf, factsOf } from './center-facts.ts'
import type { SearchedIntegration } from './searched-integration.ts'

// Most of what is looked at has its row already.
const SCAN_LIMIT = 100

/**
 * Finds what waits at an integration by going through all centers, newest first, and looking up their rows: whether an event
 * is open says nothing about it. One page looks at 500 centers, so it may be empty although more follow.
 */
export const createWaitingSearch = (connection: Connection) => {
  const centers = createNewestFirst(connection, CENTERS)
  const rowsOf = createRowsOf(connection)

  return async (
    filter: DeliveryFilter,
    integration: SearchedIntegration,
    pageSize: number,
    after: Position | undefined,
  ): Promise<ListPart<FoundDelivery>> => {
    const { name } = integration
    const { q } = filter
    return centers({
      pageSize,
      after,
      scanLimit: SCAN_LIMIT,
      queries: [
        (query) => {
          const isNarrowed = q !== undefined && q !== ''
          return isNarrowed ? query.where('prefixes', 'array-contains', indexedPrefix(q)) : query
        },
      ],
      toItems: async (docs) => {
        const rows = await rowsOf(
          [name],
          docs.map(({ id }) => id),
        )
        return docs.map((doc) => {
          const { version: centerVersion, createdAt, acceptedAt } = factsOf(doc)
          const row = rows(name, doc.id)
          const found = { integration: name, centerId: doc.id, centerVersion, createdAt, acceptedAt, row }
          if (shownState(row, centerVersion) !== 'waiting' || !startsWith(centerOf(doc), q)) return undefined
          return matches(filter, found, integration) ? found : undefined
        })
      },
    })
  }
}
