import type { Firestore, Transaction } from '@google-cloud/firestore'
import { numberOf, textOf } from '../firestore/fields.ts'
import type { SearchedIntegration } from '../search/find-waiting.ts'
import { rowIdOf } from '../ledger/row-document.ts'
import { OPEN_SHARDS, shardsOf } from '../firestore/shards.ts'

/** What waits at one integration: centers without a row, and rows below their center's version, by the row's state. */
export type Waiting = { missing: number; stale: Record<string, number>; oldestAt?: number }

/** `complete` where every open event was looked at. */
export type OpenWalk = { complete: boolean; of(name: string): Waiting }

type OpenCenter = { centerId: string; version: number; createdAt: number; acceptedAt: number }

// Each costs one read an integration, once a minute; a system that is looked after has a few.
const SCAN_LIMIT = 500

const newestOfEach = (events: readonly OpenCenter[]): OpenCenter[] => {
  const newest = new Map<string, OpenCenter>()
  for (const event of events) {
    const known = newest.get(event.centerId)
    if (!known || known.version < event.version) newest.set(event.centerId, event)
  }
  return [...newest.values()]
}

/**
 * Goes through the open events, oldest first and at most 500 of them, and sees which rows are missing or behind: what has no
 * row is in no index, but whatever waits has an open event.
 */
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
  const events = newestOfEach(
    open.docs.slice(0, SCAN_LIMIT).map((snapshot) => ({
      centerId: textOf(snapshot, 'centerId'),
      version: numberOf(snapshot, 'version'),
      createdAt: numberOf(snapshot, 'centerCreatedAt'),
      acceptedAt: numberOf(snapshot, 'acceptedAt'),
    })),
  )
  const refs = events.flatMap(({ centerId }) =>
    integrations.map(({ name: integration }) =>
      firestore.collection('deliveries').doc(rowIdOf({ integration, centerId })),
    ),
  )
  const found = refs.length === 0 ? [] : await tx.getAll(...refs, { fieldMask: ['version', 'state'] })
  const rows = new Map(found.filter(({ exists }) => exists).map((snapshot) => [snapshot.id, snapshot]))
  const waiting = new Map<string, Waiting>()

  for (const integration of integrations) {
    const ofIt: Waiting = { missing: 0, stale: {} }
    waiting.set(integration.name, ofIt)
    for (const { centerId, version, createdAt, acceptedAt } of events) {
      const row = rows.get(rowIdOf({ integration: integration.name, centerId }))
      if (row ? numberOf(row, 'version') >= version : createdAt < (integration.since ?? 0)) continue
      const state = row && textOf(row, 'state')
      if (state === undefined) ofIt.missing += 1
      else ofIt.stale[state] = (ofIt.stale[state] ?? 0) + 1
      ofIt.oldestAt = Math.min(acceptedAt, ofIt.oldestAt ?? acceptedAt)
    }
  }
  return {
    complete: open.docs.length <= SCAN_LIMIT,
    of: (name) => waiting.get(name) ?? { missing: 0, stale: {} },
  }
}
