import type { DocumentSnapshot } from '@google-cloud/firestore'
import {
  shownState,
  type DeliveryFilter,
  type DeliveryPage,
  type DeliveryRow,
  type FoundDelivery,
} from '@mensageria/core'
import { createRowsOf } from './center-facts.ts'
import { centerOf, indexedPrefix, startsWith } from '../intake/center-document.ts'
import { CENTERS } from '../intake/center-list.ts'
import type { Connection } from '../firestore/connect-firestore.ts'
import { isDocumentId, numberOf } from '../firestore/fields.ts'
import { missingCanFit, waitsFor, type SearchedIntegration } from './find-waiting.ts'
import { createNewestFirst } from '../firestore/newest-first.ts'
import { encodePlace, type Place, type Position } from '../firestore/page-token.ts'

// Centers whose rows are looked up together, and how often for one page.
const BATCH = 50
const ROUNDS_MAX = 5

const rowFits = (row: DeliveryRow, centerVersion: number, filter: DeliveryFilter): boolean => {
  const { states, kind, cause, since = 0, until = Number.POSITIVE_INFINITY } = filter
  const at = row.lastAttemptAt ?? 0
  return (
    (states === undefined || states.includes(shownState(row, centerVersion))) &&
    (kind === undefined || row.lastFailure?.kind === kind) &&
    (cause === undefined || row.lastFailure?.cause === cause) &&
    at >= since &&
    at < until
  )
}

const positionOf = (snapshot: DocumentSnapshot): Position => ({
  at: numberOf(snapshot, CENTERS.at),
  id: snapshot.id,
})

/**
 * Goes through the centers that are named or that a text finds, newest first, and looks up their rows: each center at each
 * integration. A place is a center that is done (part 0), or one of whose integrations so many, less one, are done.
 */
export const createCenterSearch = (connection: Connection) => {
  const { firestore, within } = connection
  const list = createNewestFirst(connection, CENTERS)
  const rowsOf = createRowsOf(connection)

  const readOne = async (id: string): Promise<DocumentSnapshot[]> => {
    if (!isDocumentId(id)) return []
    const found = await within(() => firestore.collection('centers').doc(id).get())
    return found.exists ? [found] : []
  }

  const listBy = (q: string, after: Position | undefined) =>
    list<DocumentSnapshot>({
      pageSize: BATCH,
      after,
      queries: [(query) => (q === '' ? query : query.where('prefixes', 'array-contains', indexedPrefix(q)))],
      toItems: (docs) => docs.map((doc) => (startsWith(centerOf(doc), q) ? doc : undefined)),
    })

  const batchAt = async ({ centerId, q = '' }: DeliveryFilter, { part, after }: Place) => {
    // A center that was shown in part comes first, once more.
    const begun = part > 0 && after ? await readOne(after.id) : []
    if (centerId === undefined) {
      const listed = await listBy(q, after)
      return { ...listed, items: [...begun, ...listed.items] }
    }
    const named = after ? begun : await readOne(centerId)
    return { items: named.filter((center) => startsWith(centerOf(center), q)) }
  }

  const deliveriesOf = async (
    centers: readonly DocumentSnapshot[],
    filter: DeliveryFilter,
    integrations: readonly SearchedIntegration[],
  ) => {
    const names = integrations.map(({ name }) => name)
    const rows = await rowsOf(
      names,
      centers.map(({ id }) => id),
    )
    return centers.flatMap((center) =>
      integrations.map((integration, index) => {
        const centerVersion = numberOf(center, 'version')
        const row = rows(integration.name, center.id)
        const found: FoundDelivery = {
          integration: integration.name,
          centerId: center.id,
          centerVersion,
          row,
        }
        const fits = row
          ? rowFits(row, centerVersion, filter)
          : missingCanFit(filter) && waitsFor(found, numberOf(center, 'createdAt'), filter, integration)
        return { found, fits, index, center }
      }),
    )
  }

  return async (
    filter: DeliveryFilter,
    integrations: readonly SearchedIntegration[],
    pageSize: number,
    start: Place,
  ): Promise<DeliveryPage> => {
    const items: FoundDelivery[] = []
    let place = start
    for (let round = 0; round < ROUNDS_MAX; round++) {
      const { items: centers, next } = await batchAt(filter, place)
      const begun = place.part > 0 ? place.after?.id : undefined
      const done = place.part - 1
      for (const { found, fits, index, center } of await deliveriesOf(centers, filter, integrations)) {
        if (!fits || (center.id === begun && index < done)) continue
        if (items.length === pageSize)
          return { items, nextPageToken: encodePlace({ part: index + 1, after: positionOf(center) }) }
        items.push(found)
      }
      if (!next) return { items }
      place = { part: 0, after: next }
    }
    return place.after ? { items, nextPageToken: encodePlace({ part: 0, after: place.after }) } : { items }
  }
}
