import type { DocumentSnapshot } from '@google-cloud/firestore'
import {
  compareFound,
  matches,
  shownState,
  timeOf,
  type DeliveryFilter,
  type FoundDelivery,
} from '@mensageria/core'
import { centerOf, indexedPrefix, startsWith } from '../intake/center-document.ts'
import { CENTERS } from '../intake/center-list.ts'
import type { Connection } from '../firestore/connect-firestore.ts'
import { isDocumentId } from '../firestore/fields.ts'
import { compareIds, createNewestFirst } from '../firestore/newest-first.ts'
import type { Place } from '../firestore/page-token.ts'
import { rowIdOf } from '../ledger/row-document.ts'
import { createRowsOf, factsOf } from './center-facts.ts'
import type { SearchedIntegration } from './searched-integration.ts'

/** So many centers are looked up at every integration for one page, 3 reads each with three integrations. */
const CENTERS_MAX = 300

/** Where a pair lies in the list of all pairs: the same places that the search of rows and of what waits gives. */
export const placeOf = (
  found: FoundDelivery,
  integrations: readonly SearchedIntegration[],
): Required<Place> =>
  shownState(found.row, found.centerVersion) === 'waiting'
    ? {
        part: 1 + integrations.findIndex(({ name }) => name === found.integration),
        after: { at: found.createdAt, id: found.centerId },
      }
    : { part: 0, after: { at: timeOf(found), id: rowIdOf(found) } }

/**
 * Finds all pairs of the center that a filter names, or of those that its text finds, in the order of every list. Resolves
 * with undefined where the text finds more centers than can be looked up for one page.
 */
export const createCenterSearch = (connection: Connection) => {
  const { firestore, run } = connection
  const list = createNewestFirst(connection, CENTERS)
  const rowsOf = createRowsOf(connection)

  const readOne = async (id: string): Promise<DocumentSnapshot[]> => {
    if (!isDocumentId(id)) return []
    const found = await run(() => firestore.collection('centers').doc(id).get())
    return found.exists ? [found] : []
  }

  const readByText = async (q: string): Promise<DocumentSnapshot[] | undefined> => {
    const { items, next } = await list<DocumentSnapshot>({
      pageSize: CENTERS_MAX,
      after: undefined,
      queries: [(query) => query.where('prefixes', 'array-contains', indexedPrefix(q))],
      toItems: (docs) => docs.map((doc) => (startsWith(centerOf(doc), q) ? doc : undefined)),
    })
    return next ? undefined : items
  }

  const readCenters = async ({ centerId, q = '' }: DeliveryFilter) => {
    if (centerId === undefined) return q === '' ? undefined : readByText(q)
    return (await readOne(centerId)).filter((center) => startsWith(centerOf(center), q))
  }

  return async (
    filter: DeliveryFilter,
    integrations: readonly SearchedIntegration[],
  ): Promise<FoundDelivery[] | undefined> => {
    const centers = await readCenters(filter)
    if (!centers) return undefined
    const names = integrations.map(({ name }) => name)
    const rows = await rowsOf(
      names,
      centers.map(({ id }) => id),
    )
    const compare = compareFound(names)
    return centers
      .flatMap((center) => {
        const { version: centerVersion, createdAt, acceptedAt } = factsOf(center)
        return integrations.flatMap((settings) => {
          const key = { integration: settings.name, centerId: center.id }
          const row = rows(settings.name, center.id)
          const found = { ...key, centerVersion, createdAt, acceptedAt, row }
          return matches(filter, found, settings) ? [found] : []
        })
      })
      .toSorted(
        (a, b) =>
          compare(a, b) || compareIds(placeOf(a, integrations).after.id, placeOf(b, integrations).after.id),
      )
  }
}
