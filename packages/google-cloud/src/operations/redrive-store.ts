import { FieldValue, type DocumentSnapshot } from '@google-cloud/firestore'
import { isActive, type Redrive, type RedriveStore } from '@mensageria/core'
import { unlessConflict } from '../firestore/conflict.ts'
import type { Connection } from '../firestore/connect-firestore.ts'
import { isDocumentId, jsonOf, timesOf } from '../firestore/fields.ts'
import { createNewestFirst, pageOf, startOf } from '../firestore/newest-first.ts'
import { toRevision, toUpdateTime } from '../firestore/revision.ts'
import { LIST_SHARDS, shardOf } from '../firestore/shards.ts'

// People ask for them: a few at a time, so one shard holds all that are active.
const ACTIVE_SHARD = 0
const ACTIVE_MAX = 100

const redriveOf = (snapshot: DocumentSnapshot) => jsonOf<Redrive>(snapshot, 'redrive')

const fieldsOf = (redrive: Redrive) => ({
  redrive: JSON.stringify(redrive),
  createdAt: redrive.createdAt,
  listShard: shardOf(redrive.id, LIST_SHARDS),
})

/** The redrive store port. One that has something left to do alone has `openShard`, so a sweep never meets the others. */
export const createRedriveStore = (connection: Connection): RedriveStore => {
  const { firestore, within } = connection
  const redrives = firestore.collection('redrives')
  const list = createNewestFirst(connection, { collection: 'redrives', at: 'createdAt', shard: 'listShard' })

  return {
    create: async (redrive) => {
      const open = isActive(redrive) ? { openShard: ACTIVE_SHARD } : {}
      const fields = { ...fieldsOf(redrive), ...open }
      const written = await within(() => unlessConflict(redrives.doc(redrive.id).create(fields)))
      return written && toRevision(written.writeTime)
    },
    read: async (id) => {
      if (!isDocumentId(id)) return undefined
      const found = await within(() => redrives.doc(id).get())
      if (!found.exists) return undefined
      return { redrive: redriveOf(found), revision: toRevision(timesOf(found).updateTime) }
    },
    update: async (redrive, expected) => {
      const lastUpdateTime = toUpdateTime(expected)
      if (!lastUpdateTime) return undefined
      const openShard = isActive(redrive) ? ACTIVE_SHARD : FieldValue.delete()
      const fields = { ...fieldsOf(redrive), openShard }
      const ref = redrives.doc(redrive.id)
      const written = await within(() => unlessConflict(ref.update(fields, { lastUpdateTime })))
      return written && toRevision(written.writeTime)
    },
    active: async () => {
      const open = redrives.where('openShard', '==', ACTIVE_SHARD).orderBy('createdAt').limit(ACTIVE_MAX)
      const { docs } = await within(() => open.get())
      return docs
        .toSorted((a, b) => a.createTime.valueOf().localeCompare(b.createTime.valueOf()))
        .map(redriveOf)
    },
    list: async (page) => pageOf(await list({ ...startOf(page), toItems: (docs) => docs.map(redriveOf) })),
  }
}
