import { FieldValue, type WriteBatch } from '@google-cloud/firestore'
import type { Redrive, RedriveStore } from '@mensageria/core'
import { unlessConflict } from '../firestore/conflict.ts'
import type { Connection } from '../firestore/connect-firestore.ts'
import { createNewestFirst, pageOf, startOf } from '../firestore/newest-first.ts'
import { toRevision, toUpdateTime } from '../firestore/revision.ts'
import { createReadRedrives, revisionOf } from './read-redrives.ts'
import {
  ACTIVE_SHARD,
  expireAtOf,
  integrationsOf,
  laneIdOf,
  toHeaderFields,
  toLaneFields,
} from './redrive-document.ts'

// More than people have at once. The oldest come first, and every one that ends makes room.
const ACTIVE_MAX = 500

/**
 * The redrive store port: a document for the header and one for each lane. What release 0.1 wrote, one document with its
 * lanes inside, is shown as it is, and split where somebody may write it.
 */
export const createRedriveStore = (connection: Connection): RedriveStore => {
  const { firestore, run } = connection
  const redrives = firestore.collection('redrives')
  const lanes = firestore.collection('redriveLanes')
  const list = createNewestFirst(connection, { collection: 'redrives', at: 'createdAt' })

  const { read, withLanes, splitOld } = createReadRedrives(connection)

  // Nobody writes the lanes of a redrive that has nothing left to do.
  const expireLanes = async (batch: WriteBatch, redrive: Redrive): Promise<void> => {
    const expireAt = expireAtOf(redrive)
    if (expireAt === undefined) return
    const header = await run(() => redrives.doc(redrive.id).get())
    for (const name of integrationsOf(header) ?? [])
      batch.update(lanes.doc(laneIdOf(redrive.id, name)), { expireAt })
  }

  return {
    create: async (redrive, own) => {
      const integrations = own.map(({ integration }) => integration)
      const fields = toHeaderFields(redrive, integrations)
      const batch = firestore.batch().create(redrives.doc(redrive.id), fields)
      for (const lane of own)
        batch.create(lanes.doc(laneIdOf(redrive.id, lane.integration)), toLaneFields(lane))
      const [written] = (await run(() => unlessConflict(batch.commit()))) ?? []
      if (written) return toRevision(written.writeTime)
      // What the client library sent twice is refused to its own author: a header that is the same is his.
      const found = await run(() => redrives.doc(redrive.id).get())
      return found.get('redrive') === fields.redrive ? revisionOf(found) : undefined
    },
    read,
    write: async (redrive, expected) => {
      const lastUpdateTime = toUpdateTime(expected)
      if (!lastUpdateTime) return undefined
      const { integrations: _, openShard = FieldValue.delete(), ...fields } = toHeaderFields(redrive, [])
      const ref = redrives.doc(redrive.id)
      const batch = firestore.batch().update(ref, { ...fields, openShard }, { lastUpdateTime })
      await expireLanes(batch, redrive)
      const [written] = (await run(() => unlessConflict(batch.commit()))) ?? []
      return written && toRevision(written.writeTime)
    },
    writeLane: async (id, lane, expected) => {
      const lastUpdateTime = toUpdateTime(expected)
      if (!lastUpdateTime) return undefined
      const ref = lanes.doc(laneIdOf(id, lane.integration))
      const written = await run(() => unlessConflict(ref.update(toLaneFields(lane), { lastUpdateTime })))
      return written && toRevision(written.writeTime)
    },
    active: async () => {
      const open = redrives.where('openShard', '==', ACTIVE_SHARD).orderBy('createdAt').limit(ACTIVE_MAX)
      const ask = async () => (await run(() => open.get())).docs
      const found = await ask()
      const docs = (await splitOld(found)) ? await ask() : found
      const inOrder = docs.toSorted((a, b) => a.createTime.valueOf().localeCompare(b.createTime.valueOf()))
      return withLanes(inOrder)
    },
    list: async (page) => pageOf(await list({ ...startOf(page), toItems: withLanes })),
  }
}
