import { FieldPath, type Firestore, type Transaction } from '@google-cloud/firestore'
import { isOwed } from '@mensageria/core'
import type { Position } from '../firestore/page-token.ts'
import type { SearchedIntegration } from '../search/searched-integration.ts'
import { allCenters, earliest, oldestOf, seeCenters, seeRows, waits, type SeenCenter } from './pairs.ts'
import { addWaiting, noneWaiting, type Waiting } from './waiting-pairs.ts'

// Looked at only while something waits that no open event explains; two reads each.
const SCAN_LIMIT = 500

/**
 * Finds rows that are below their center's version although no open event says so: only a center that was ever updated can
 * have one. `complete` where all of those were looked at, at most 500; `known` are centers that were looked at before.
 */
export const findBehind = async (
  tx: Transaction,
  firestore: Firestore,
  settings: SearchedIntegration,
  known: ReadonlySet<string>,
): Promise<{ found: Waiting; complete: boolean }> => {
  const query = allCenters(firestore).where('version', '>=', 2).orderBy('version')
  const updated = await seeCenters(tx, query.limit(SCAN_LIMIT + 1))
  const centers = updated.slice(0, SCAN_LIMIT).filter(({ id }) => !known.has(id))
  const { name } = settings
  const rowOf = await seeRows(
    tx,
    firestore,
    [name],
    centers.map(({ id }) => id),
  )
  const found = noneWaiting()
  const waiting: SeenCenter[] = []
  for (const center of centers) {
    const row = rowOf(name, center.id)
    if (!isOwed(settings, { row, createdAt: center.createdAt })) continue
    if (addWaiting(found, center, row)) waiting.push(center)
  }
  const oldestAt = await oldestOf(tx, firestore, waiting)
  return {
    found: { ...found, ...(oldestAt === undefined ? {} : { oldestAt }) },
    complete: updated.length <= SCAN_LIMIT,
  }
}

/** How far all centers were gone through, newest first, and the oldest that waits: so far, and the time before. */
export type OldestSearch = {
  at?: Position
  soFar?: number | undefined
  last?: number | undefined
}

/**
 * Finds since when the oldest pair waits that no open event explains. Each count looks at the next 500 centers: in a larger
 * store it is known after the last of them.
 */
export const findOldest = async (
  tx: Transaction,
  firestore: Firestore,
  settings: SearchedIntegration,
  { at, ...known }: OldestSearch,
): Promise<{ oldestAt: number | undefined; search: OldestSearch }> => {
  const { name } = settings
  const query = allCenters(firestore)
    .where('createdAt', '>=', 0)
    .orderBy('createdAt', 'desc')
    .orderBy(FieldPath.documentId(), 'desc')
    .limit(SCAN_LIMIT)
  const centers = await seeCenters(tx, at ? query.startAfter(at.at, at.id) : query)
  const rowOf = await seeRows(
    tx,
    firestore,
    [name],
    centers.map(({ id }) => id),
  )
  const waiting = centers.filter((center) => {
    const row = rowOf(name, center.id)
    return isOwed(settings, { row, createdAt: center.createdAt }) && waits(center, row)
  })
  const soFar = earliest(await oldestOf(tx, firestore, waiting), known.soFar)
  const end = centers.length === SCAN_LIMIT ? centers.at(-1) : undefined
  if (!end) return { oldestAt: soFar, search: { last: soFar } }
  const next = { at: { at: end.createdAt, id: end.id }, soFar, last: known.last }
  return { oldestAt: earliest(soFar, known.last), search: next }
}
