import type { Firestore, Transaction } from '@google-cloud/firestore'
import type { SearchedIntegration } from '../search/searched-integration.ts'
import { earliest } from './pairs.ts'
import { findBehind, findOldest, type OldestSearch } from './find-forgotten.ts'
import type { OpenWalk } from './walk-open-events.ts'
import { noneWaiting, staleOf, type Waiting } from './waiting-pairs.ts'

/** What was counted of an integration: rows by their own state, how many it owes, and the versions of both. */
export type RowsAndOwed = {
  rows: Readonly<Record<string, number>>
  rowsInAll: number
  owed: number
  /** How many versions the rows lack against what is owed; undefined where that is not known. */
  lacking: number | undefined
}

/**
 * What waits at an integration: pairs without a row, rows below their center's version by their state, retired rows.
 * `unaccounted` of them have no open event.
 */
export type CountedWaiting = {
  missing: number
  stale: Record<string, number>
  waiting: number
  unaccounted: number
  oldestAt?: number
  oldest?: OldestSearch
}

const addStale = (a: Waiting['stale'], b: Waiting['stale']): Record<string, number> => {
  const sum: Record<string, number> = { ...a }
  for (const [state, n] of Object.entries(b)) sum[state] = (sum[state] ?? 0) + n
  return sum
}

/**
 * Counts what waits. The open events explain most of it; the difference of versions says whether there is more, and then the
 * centers that were ever updated are looked at. Of more than 500 of those each version that is still lacking counts as a
 * delivered row that waits: rather too many than too few.
 */
export const countWaiting = async (
  tx: Transaction,
  firestore: Firestore,
  settings: SearchedIntegration,
  { rows, rowsInAll, owed, lacking }: RowsAndOwed,
  walk: OpenWalk & { openEvents: number },
  before: OldestSearch | undefined,
): Promise<CountedWaiting> => {
  const open = walk.of(settings.name)
  const retired = rows['retired'] ?? 0
  // Not below what the open events show: a row of a center that is gone must not hide one that is missing.
  const missing = Math.max(owed - rowsInAll, open.missing, 0)
  const unexplained = lacking === undefined ? 0 : lacking - missing - open.behind
  const { found, complete } =
    unexplained > 0
      ? await findBehind(tx, firestore, settings, walk.centers)
      : { found: noneWaiting(), complete: true }
  const rest = complete ? 0 : Math.max(0, unexplained - found.behind)
  const stale = addStale(open.stale, found.stale)
  const delivered = Math.min(rest, (rows['delivered'] ?? 0) - (stale['delivered'] ?? 0))
  if (delivered > 0) stale['delivered'] = (stale['delivered'] ?? 0) + delivered
  const waiting = missing + retired + Object.values(stale).reduce((sum, n) => sum + n, 0)
  const unaccounted = walk.complete
    ? waiting - open.missing - open.retired - staleOf(open)
    : Math.max(0, waiting - walk.openEvents)
  const forgotten = unaccounted > 0 ? await findOldest(tx, firestore, settings, before ?? {}) : undefined
  const oldestAt = earliest(open.oldestAt, found.oldestAt, forgotten?.oldestAt)
  return {
    missing,
    stale,
    waiting,
    unaccounted,
    ...(oldestAt === undefined ? {} : { oldestAt }),
    ...(forgotten ? { oldest: forgotten.search } : {}),
  }
}
