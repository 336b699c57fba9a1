import { FieldPath, type Firestore, type Query, type Transaction } from '@google-cloud/firestore'
import type { SearchedIntegration } from '../search/searched-integration.ts'
import type { Position } from '../firestore/page-token.ts'
import { allCenters, seeCenters, seeRows } from './pairs.ts'

/** Centers from before `since` that have no row at the integration: it does not owe them. */
type Without = { count: number; versions: number }

/** How far the centers from before `since` were gone through, and what the last time through found. */
export type OlderCenters = { since: number; at?: Position; soFar: Without; last?: Without }

/**
 * How many centers an integration does not owe; `versions` is their sum, unknown before they were gone through once. `exact`
 * where all of them were seen in this snapshot.
 */
export type NotOwed = { count: number; versions: number | undefined; exact: boolean; older?: OlderCenters }

// Each is two reads, once a minute, for each integration that has a `since`: at most 1.4 million reads a day.
const SCAN_LIMIT = 500

const NONE: Without = { count: 0, versions: 0 }

const older = (firestore: Firestore, since: number): Query =>
  allCenters(firestore)
    .where('createdAt', '<', since)
    .orderBy('createdAt', 'desc')
    .orderBy(FieldPath.documentId(), 'desc')

/**
 * Counts the centers from before an integration's `since` that have no row there. Their number is closed: none is accepted
 * any more. Up to 500 of them are seen in each count, so it is exact; of more, each count sees the next 500, and what the
 * last time through found stands until the next one: it lags while a person backfills them.
 */
export const countNotOwed = async (
  tx: Transaction,
  firestore: Firestore,
  { name, since }: SearchedIntegration,
  before: OlderCenters | undefined,
): Promise<NotOwed> => {
  if (since === undefined) return { ...NONE, exact: true }
  const known: OlderCenters = before?.since === since ? before : { since, soFar: NONE }
  const query = older(firestore, since).limit(SCAN_LIMIT)
  const { at } = known
  const centers = await seeCenters(tx, at ? query.startAfter(at.at, at.id) : query)
  const ids = centers.map(({ id }) => id)
  const rowOf = await seeRows(tx, firestore, [name], ids)
  const without = centers.filter(({ id }) => rowOf(name, id) === undefined)
  const soFar = {
    count: known.soFar.count + without.length,
    versions: known.soFar.versions + without.reduce((sum, { version }) => sum + version, 0),
  }
  const end = centers.at(-1)
  if (centers.length < SCAN_LIMIT || !end)
    return { ...soFar, exact: !at, older: { since, soFar: NONE, last: soFar } }
  const next = { ...known, at: { at: end.createdAt, id: end.id }, soFar }
  if (known.last) return { ...known.last, exact: false, older: next }
  // The first time through: those that were not seen yet count as if they had no row.
  const { createdAt, id } = end
  const rest = await tx.get(older(firestore, since).startAfter(createdAt, id).count())
  return { count: soFar.count + rest.data().count, versions: undefined, exact: false, older: next }
}
