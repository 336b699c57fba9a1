import type { Firestore, Transaction } from '@google-cloud/firestore'
import { isOwed } from '@mensageria/core'
import { numberOf, textOf } from '../firestore/fields.ts'
import { OPEN_SHARDS, shardsOf } from '../firestore/shards.ts'
import type { SearchedIntegration } from '../search/searched-integration.ts'
import { addWaiting, noneWaiting, type Waiting } from './waiting-pairs.ts'
import { seeRows } from './pairs.ts'

/** `complete` where every open event was looked at; `centers` are those that were. */
export type OpenWalk = { complete: boolean; centers: ReadonlySet<string>; of(name: string): Waiting }

type OpenCenter = { id: string; version: number; createdAt: number; acceptedAt: number }

// Each costs one read an integration, once a minute; a system that is looked after has a few.
const SCAN_LIMIT = 500

const newestOfEach = (events: readonly OpenCenter[]): OpenCenter[] => {
  const newest = new Map<string, OpenCenter>()
  for (const event of events) {
    const known = newest.get(event.id)
    if (!known || known.version < event.version) newest.set(event.id, event)
  }
  return [...newest.values()]
}

/** Goes through the open events, oldest first and at most 500 of them, and sees which rows are missing, behind or retired. */
export const walkOpenEvents = async (
  tx: Transaction,
  firestore: Firestore,
  integrations: readonly SearchedIntegration[],
): Promise<OpenWalk> => {
  const open = await tx.get(
    firestore
      .collection('events')
      .where('openShard', 'in', shardsOf(OPEN_SHARDS))
      .select('centerId', 'version', 'centerCreatedAt', 'acceptedAt')
      .orderBy('acceptedAt')
      .limit(SCAN_LIMIT + 1),
  )
  const centers = newestOfEach(
    open.docs.slice(0, SCAN_LIMIT).map((snapshot) => ({
      id: textOf(snapshot, 'centerId'),
      version: numberOf(snapshot, 'version'),
      createdAt: numberOf(snapshot, 'centerCreatedAt'),
      acceptedAt: numberOf(snapshot, 'acceptedAt'),
    })),
  )
  const names = integrations.map(({ name }) => name)
  const ids = centers.map(({ id }) => id)
  const rowOf = await seeRows(tx, firestore, names, ids)
  const found = new Map(
    integrations.map((settings) => {
      const waiting = noneWaiting()
      for (const center of centers) {
        const row = rowOf(settings.name, center.id)
        if (isOwed(settings, { row, createdAt: center.createdAt })) addWaiting(waiting, center, row)
      }
      return [settings.name, waiting]
    }),
  )
  return {
    complete: open.docs.length <= SCAN_LIMIT,
    centers: new Set(ids),
    of: (name) => found.get(name) ?? noneWaiting(),
  }
}
