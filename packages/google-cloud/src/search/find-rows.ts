import type { Query } from '@google-cloud/firestore'
import { DeliveryState, FailureKind } from '@mensageria/contracts'
import {
  matches,
  parseStoredRow,
  shownState,
  textMatches,
  type DeliveryFilter,
  type FoundDelivery,
} from '@mensageria/core'
import { createCenterFacts } from './center-facts.ts'
import type { Connection } from '../firestore/connect-firestore.ts'
import { textOf } from '../firestore/fields.ts'
import { createNewestFirst, type List, type ListPart } from '../firestore/newest-first.ts'
import type { Position } from '../firestore/page-token.ts'
import { failureKeyOf } from '../ledger/row-document.ts'
import type { SearchedIntegration } from './searched-integration.ts'

/** Rows, the newest attempt first: what is tried again while somebody pages is in front of the cursor. */
export const ROWS: List = { collection: 'deliveries', at: 'attemptedAt' }

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

// Release 0.1 stored 0 as the time of a row that was parked without a call: until it is written again it is found there.
const UNTIMED = { since: 0, until: 1 }

/**
 * Finds the pairs whose row answers for the center's version, by state, cause and time, answered by an index; all else is
 * compared. A row that waits is left out: only the center tells, and the waiting part of a search finds it.
 */
export const createRowSearch = (connection: Connection) => {
  const list = createNewestFirst(connection, ROWS)
  const centers = createCenterFacts(connection)

  return async (
    filter: DeliveryFilter,
    integrations: readonly SearchedIntegration[],
    pageSize: number,
    after: Position | undefined,
  ): Promise<ListPart<FoundDelivery>> => {
    const { states, kind, cause, q, since = 0 } = filter
    const times = since > 0 ? [filter, { ...filter, ...UNTIMED }] : [filter]
    const asked = DeliveryState.options.filter((state) => states === undefined || states.includes(state))
    if (asked.length === 0) return NOTHING
    const isCompared = (kind !== undefined && cause === undefined) || q !== undefined
    return list({
      pageSize,
      after,
      queries: integrations.flatMap(({ name }) => times.map((one) => narrowTo(one, name, asked))),
      scanLimit: isCompared ? SCAN_LIMIT : 0,
      toItems: async (docs) => {
        const rows = docs.map((snapshot) => parseStoredRow(textOf(snapshot, 'row')))
        const known = await centers(
          rows.map(({ centerId }) => centerId),
          { keys: q !== undefined },
        )
        return rows.map((row) => {
          const { integration, centerId } = row
          const center = known.get(centerId)
          const settings = integrations.find(({ name }) => name === integration)
          if (!center || !settings || !textMatches(center.keys, q)) return undefined
          const { version: centerVersion, createdAt, acceptedAt } = center
          const found = { integration, centerId, centerVersion, createdAt, acceptedAt, row }
          const waits = shownState(row, centerVersion) === 'waiting'
          return !waits && matches(filter, found, settings) ? found : undefined
        })
      },
    })
  }
}
