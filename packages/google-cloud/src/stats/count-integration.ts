import type { Firestore, Transaction } from '@google-cloud/firestore'
import { DeliveryState } from '@mensageria/contracts'
import { emptyCounts, type StateCounts } from '@mensageria/core'
import { numberOf, textOf } from '../firestore/fields.ts'
import { LIST_SHARDS, shardsOf } from '../firestore/shards.ts'
import { centerOf } from '../intake/center-document.ts'
import type { SearchedIntegration } from '../search/searched-integration.ts'
import { countLastTimes } from './count-failures.ts'
import { countGroups } from './count-groups.ts'
import { countNotOwed } from './count-older-centers.ts'
import { countWaiting, type CountedWaiting, type RowsAndOwed } from './count-waiting.ts'
import { earliest } from './pairs.ts'
import type { CountedIntegration } from './stored-stats.ts'
import { sumRows } from './sum-totals.ts'
import type { OpenWalk } from './walk-open-events.ts'

/** What a count knows before it comes to the integrations. */
export type CountedCenters = {
  accepted: number
  versions: number
  openEvents: number
  walk: OpenWalk
  now: number
}

const ROW_STATES = [...DeliveryState.options, 'retired']

// Rows were first tried in nearly the order in which their versions were accepted.
const OLDEST = 10

const oldestRowAt = async (
  tx: Transaction,
  firestore: Firestore,
  integration: string,
): Promise<number | undefined> => {
  const undelivered = firestore
    .collection('deliveries')
    .where('integration', '==', integration)
    .where('listShard', 'in', shardsOf(LIST_SHARDS))
    .orderBy('undeliveredSince')
    .select('centerId')
    .limit(OLDEST)
  const { docs } = await tx.get(undelivered)
  const refs = docs.map((doc) => firestore.collection('centers').doc(textOf(doc, 'centerId')))
  const centers = refs.length === 0 ? [] : await tx.getAll(...refs, { fieldMask: ['center', 'updatedAt'] })
  const times = centers
    .filter(({ exists }) => exists)
    .map((doc) =>
      doc.get('updatedAt') === undefined ? Date.parse(centerOf(doc).updatedAt) : numberOf(doc, 'updatedAt'),
    )
  return earliest(...times)
}

const countRows = async (tx: Transaction, firestore: Firestore, integration: string) => {
  const sums = await Promise.all(ROW_STATES.map((state) => sumRows(tx, firestore, integration, state)))
  const rows = Object.fromEntries(ROW_STATES.map((state, index) => [state, sums[index]?.count ?? 0]))
  const add = (of: 'count' | 'versions') => sums.reduce((sum, one) => sum + one[of], 0)
  return { rows, rowsInAll: add('count'), versions: add('versions') }
}

const shownCounts = (rows: RowsAndOwed['rows'], { waiting, stale }: CountedWaiting): StateCounts => {
  const counts = { ...emptyCounts(), waiting }
  for (const state of DeliveryState.options) counts[state] = (rows[state] ?? 0) - (stale[state] ?? 0)
  return counts
}

/**
 * Counts one integration in a snapshot. What it owes is counted from the centers, its states from the rows, each by itself:
 * where a center is gone and its row is not, the two differ.
 */
export const countIntegration = async (
  tx: Transaction,
  firestore: Firestore,
  settings: SearchedIntegration,
  { accepted, versions, openEvents, walk, now }: CountedCenters,
  before: Partial<CountedIntegration>,
): Promise<CountedIntegration & { unaccounted: number }> => {
  const { name } = settings
  const [notOwed, counted, rowAt, groups] = await Promise.all([
    countNotOwed(tx, firestore, settings, before.older),
    countRows(tx, firestore, name),
    oldestRowAt(tx, firestore, name),
    countGroups(tx, firestore, name, before.groups ?? []),
  ])
  const lastTimes = await countLastTimes(tx, firestore, name, groups, before.stats ?? {}, now)
  const { rows, rowsInAll } = counted
  const inScope = accepted - notOwed.count
  // Where not every older center was seen, rows that are too many are taken for theirs.
  const owed = notOwed.exact ? inScope : Math.max(inScope, rowsInAll)
  const lacking = notOwed.versions === undefined ? undefined : versions - notOwed.versions - counted.versions
  const rowsAndOwed = { rows, rowsInAll, owed, lacking }
  const waiting = await countWaiting(
    tx,
    firestore,
    settings,
    rowsAndOwed,
    { ...walk, openEvents },
    before.oldest,
  )
  const oldestAt = earliest(rowAt, waiting.oldestAt)
  return {
    owed,
    unaccounted: waiting.unaccounted,
    groups,
    ...(notOwed.older ? { older: notOwed.older } : {}),
    ...(waiting.oldest ? { oldest: waiting.oldest } : {}),
    stats: {
      counts: shownCounts(rows, waiting),
      ...(oldestAt === undefined ? {} : { oldestUndeliveredAt: oldestAt }),
      ...lastTimes,
    },
  }
}
