import type { Firestore, Query, Transaction } from '@google-cloud/firestore'
import { numberOf, textOf } from '../firestore/fields.ts'
import { LIST_SHARDS, shardsOf } from '../firestore/shards.ts'
import { centerOf } from '../intake/center-document.ts'
import { rowIdOf } from '../ledger/row-document.ts'

/** A center as a count sees it; times in epoch milliseconds. Release 0.1 kept the time of a version in the center alone. */
export type SeenCenter = { id: string; version: number; createdAt: number; acceptedAt: number | undefined }

/** A row as a count sees it. */
export type SeenRow = { version: number; state: string }

/** Whether the pair waits, whatever became of an older version. */
export const waits = (center: Pick<SeenCenter, 'version'>, row: SeenRow | undefined): boolean =>
  row === undefined || row.version < center.version || row.state === 'retired'

/** All centers, for a query that narrows and sorts them; only what a count needs is read. */
export const allCenters = (firestore: Firestore): Query =>
  firestore
    .collection('centers')
    .where('listShard', 'in', shardsOf(LIST_SHARDS))
    .select('version', 'createdAt', 'updatedAt')

/** The centers that a query over `allCenters` gives, in its order. */
export const seeCenters = async (tx: Transaction, query: Query): Promise<SeenCenter[]> => {
  const { docs } = await tx.get(query)
  return docs.map((snapshot) => ({
    id: snapshot.id,
    version: numberOf(snapshot, 'version'),
    createdAt: numberOf(snapshot, 'createdAt'),
    acceptedAt: snapshot.get('updatedAt') === undefined ? undefined : numberOf(snapshot, 'updatedAt'),
  }))
}

/** Reads the rows of centers at integrations in a snapshot, in one request; what it resolves with gives one of them. */
export const seeRows = async (
  tx: Transaction,
  firestore: Firestore,
  integrations: readonly string[],
  centerIds: readonly string[],
): Promise<(integration: string, centerId: string) => SeenRow | undefined> => {
  const refs = centerIds.flatMap((centerId) =>
    integrations.map((integration) =>
      firestore.collection('deliveries').doc(rowIdOf({ integration, centerId })),
    ),
  )
  const found = refs.length === 0 ? [] : await tx.getAll(...refs, { fieldMask: ['version', 'state'] })
  const rows = new Map(
    found
      .filter(({ exists }) => exists)
      .map((snapshot) => [
        snapshot.id,
        { version: numberOf(snapshot, 'version'), state: textOf(snapshot, 'state') },
      ]),
  )
  return (integration, centerId) => rows.get(rowIdOf({ integration, centerId }))
}

/** The earliest of some times, of which any may be unknown. */
export const earliest = (...times: (number | undefined)[]): number | undefined => {
  const known = times.filter((at) => at !== undefined)
  return known.length === 0 ? undefined : Math.min(...known)
}

/** When the version was accepted that is the oldest of these centers' versions; undefined without centers. */
export const oldestOf = async (
  tx: Transaction,
  firestore: Firestore,
  centers: readonly SeenCenter[],
): Promise<number | undefined> => {
  const old = centers.filter(({ acceptedAt }) => acceptedAt === undefined)
  const refs = old.map(({ id }) => firestore.collection('centers').doc(id))
  const read = refs.length === 0 ? [] : await tx.getAll(...refs, { fieldMask: ['center'] })
  return earliest(
    ...centers.map(({ acceptedAt }) => acceptedAt),
    ...read.filter(({ exists }) => exists).map((snapshot) => Date.parse(centerOf(snapshot).updatedAt)),
  )
}
