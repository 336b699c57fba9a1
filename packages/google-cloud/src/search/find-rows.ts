import type { Query } from '@google-cloud/firestore'
import { DeliveryState, FailureKind } from '@mensageria/contracts'
import { parseStoredRow, shownState, type DeliveryFilter, type FoundDelivery } from '@mensageria/core'
import { createCenterFacts } from './center-facts.ts'
import type { Connection } from '../firestore/connect-firestore.ts'
import { textOf } from '../firestore/fields.ts'
import { createNewestFirst, type List, type ListPart } from '../firestore/newest-first.ts'
import type { Position } from '../firestore/page-token.ts'
import { failureKeyOf } from '../ledger/row-document.ts'

/** Rows, those first whose last attempt is newest: what is tried again while somebody pages is in front of the cursor. */
export const ROWS: List = { collection: 'deliveries', at: 'attemptedAt', shard: 'listShard' }

// Where no index answers the whole question.
const SCAN_LIMIT = 100

const NOTHING = { items: [] }

const withinTime = (query: Query, { since, until }: DeliveryFilter): Query => {
  const from = since === undefined ? query : query.where(ROWS.at, '>=', since)
  return until === undefined ? from : from.where(ROWS.at, '<', until)
}

// At most 5 states x 5 kinds: Firestore takes 30 alternatives.
const narrowTo =
  (filter: DeliveryFilter, integration: string, states: readonly string[]) =>
  (query: Query): Query => {
    const [state] = states
    const ofIt = query.where('integration', '==', integration)
    const ofState = states.length === 1 ? ofIt.where('state', '==', state) : ofIt.where('state', 'in', states)
    const { cause, kind } = filter
    if (cause === undefined) return withinTime(ofState, filter)
    const kinds = kind === undefined ? FailureKind.options : [kind]
    const keys = kinds.map((one) => failureKeyOf(one, cause))
    return withinTime(ofState.where('failure', 'in', keys), filter)
  }

/**
 * Finds rows by state, cause and time of the last attempt, answered by an index; their kind alone is compared. A row below
 * its center's version waits, whatever its state says: only the center knows.
 */
export const createRowSearch = (connection: Connection) => {
  const list = createNewestFirst(connection, ROWS)
  const centers = createCenterFacts(connection)

  return async (
    filter: DeliveryFilter,
    integrations: readonly string[],
    pageSize: number,
    after: Position | undefined,
  ): Promise<ListPart<FoundDelivery>> => {
    const { states, kind, cause } = filter
    const asked = DeliveryState.options.filter((state) => states === undefined || states.includes(state))
    if (asked.length === 0) return NOTHING
    const fits = ({ row, centerVersion }: FoundDelivery): boolean =>
      (states === undefined || states.includes(shownState(row, centerVersion))) &&
      (kind === undefined || row?.lastFailure?.kind === kind)
    return list({
      pageSize,
      after,
      queries: integrations.map((name) => narrowTo(filter, name, asked)),
      look: kind !== undefined && cause === undefined ? SCAN_LIMIT : 0,
      toItems: async (docs) => {
        const rows = docs.map((snapshot) => parseStoredRow(textOf(snapshot, 'row')))
        const known = await centers(rows.map(({ centerId }) => centerId))
        return rows.map((row) => {
          const center = known.get(row.centerId)
          if (!center) return undefined
          const { integration, centerId } = row
          const found = { integration, centerId, centerVersion: center.version, row }
          return fits(found) ? found : undefined
        })
      },
    })
  }
}
