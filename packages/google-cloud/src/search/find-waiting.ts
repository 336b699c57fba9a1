import type { QueryDocumentSnapshot } from '@google-cloud/firestore'
import type { DeliveryFilter, DeliveryRow, FoundDelivery } from '@mensageria/core'
import { createCenterFacts, createRowsOf } from './center-facts.ts'
import { CENTERS } from '../intake/center-list.ts'
import type { Connection } from '../firestore/connect-firestore.ts'
import { numberOf, textOf } from '../firestore/fields.ts'
import { createNewestFirst, type List, type ListPart } from '../firestore/newest-first.ts'
import type { Position } from '../firestore/page-token.ts'

/** An integration, as a search must know it: centers from before `since` are not its own. */
export type SearchedIntegration = { name: string; since?: number }

/** Open events, those of the newest centers first. An event stays open until every integration has a row for it. */
export const OPEN_EVENTS: List = { collection: 'events', at: 'centerCreatedAt', shard: 'openShard' }

// Most of what is looked at has its row already.
const SCAN_LIMIT = 100

type Candidate = { centerId: string; version: number; createdAt: number }

const ofEvent = (snapshot: QueryDocumentSnapshot): Candidate => ({
  centerId: textOf(snapshot, 'centerId'),
  version: numberOf(snapshot, 'version'),
  createdAt: numberOf(snapshot, 'centerCreatedAt'),
})

const ofCenter = (snapshot: QueryDocumentSnapshot): Candidate => ({
  centerId: snapshot.id,
  version: numberOf(snapshot, 'version'),
  createdAt: numberOf(snapshot, 'createdAt'),
})

/** Whether a delivery without a row can fit at all: it has no failure, and waits. */
export const missingCanFit = ({ states, kind, cause }: DeliveryFilter): boolean =>
  kind === undefined && cause === undefined && (states === undefined || states.includes('waiting'))

/**
 * Whether a delivery waits at the integration and fits: there is no row for the center's version, and the center is its own,
 * or asked for all the same.
 */
export const waitsFor = (
  { row, centerVersion }: Pick<FoundDelivery, 'row' | 'centerVersion'>,
  createdAt: number,
  { backfill, since: from = 0, until = Number.POSITIVE_INFINITY }: DeliveryFilter,
  { since = 0 }: SearchedIntegration,
): boolean => {
  const at = row ? (row.lastAttemptAt ?? 0) : createdAt
  const isInScope = row !== undefined || backfill === true || createdAt >= since
  return isInScope && (row === undefined || row.version < centerVersion) && at >= from && at < until
}

/**
 * Finds what waits at an integration: among the open events, which are all that can wait by itself; for a backfill, among
 * all centers.
 */
export const createWaitingSearch = (connection: Connection) => {
  const events = createNewestFirst(connection, OPEN_EVENTS)
  const allCenters = createNewestFirst(connection, CENTERS)
  const centers = createCenterFacts(connection)
  const rowsOf = createRowsOf(connection)

  const currentOf = async (candidates: readonly Candidate[]) => {
    const known = await centers(candidates.map(({ centerId }) => centerId))
    // Of several open events of one center, its newest version alone.
    return candidates.map((one) => (known.get(one.centerId)?.version === one.version ? one : undefined))
  }

  return async (
    filter: DeliveryFilter,
    integration: SearchedIntegration,
    pageSize: number,
    after: Position | undefined,
  ): Promise<ListPart<FoundDelivery>> => {
    const { name } = integration
    const { backfill = false, states } = filter
    // Without states the rows were found before, whatever they are shown as.
    const wants = (row: DeliveryRow | undefined) => row === undefined || states !== undefined
    return (backfill ? allCenters : events)({
      pageSize,
      after,
      look: SCAN_LIMIT,
      toItems: async (docs) => {
        const candidates = backfill ? docs.map(ofCenter) : await currentOf(docs.map(ofEvent))
        const ids = candidates.flatMap((one) => (one ? [one.centerId] : []))
        const rows = await rowsOf([name], ids)
        return candidates.map((one) => {
          if (!one) return undefined
          const { centerId, version: centerVersion, createdAt } = one
          const found = { integration: name, centerId, centerVersion, row: rows(name, centerId) }
          return wants(found.row) && waitsFor(found, createdAt, filter, integration) ? found : undefined
        })
      },
    })
  }
}
