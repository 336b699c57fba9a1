import { auditOf, type CenterStore, type CommitResult } from '@mensageria/core'
import type { WriteBatch } from '@google-cloud/firestore'
import { toCenterFields, toStoredCenter } from './center-document.ts'
import { createCenterList } from './center-list.ts'
import { unlessConflict } from '../firestore/conflict.ts'
import type { Connection } from '../firestore/connect-firestore.ts'
import { toEventFields } from './event-document.ts'
import { timesOf } from '../firestore/fields.ts'
import { createIdempotencyRecords } from './idempotency-records.ts'
import { toAuditFields } from '../operations/audit-document.ts'
import { toRevision, toUpdateTime } from '../firestore/revision.ts'

const REFUSED: CommitResult = { committed: false }

/** The center store port. Each write is one commit with preconditions, and reads nothing; the core publishes. */
export const createCenterStore = (connection: Connection): CenterStore => {
  const { firestore, run } = connection
  const idempotency = createIdempotencyRecords(connection)
  const centerRef = (id: string) => firestore.collection('centers').doc(id)
  // One for each version: its id follows from it, as the event's.
  const auditRef = (id: string) => firestore.collection('audit').doc(id)
  const eventRef = (id: string) => firestore.collection('events').doc(id)

  const commit = async (batch: WriteBatch): Promise<CommitResult> => {
    const written = await run(() => unlessConflict(batch.commit()))
    return written ? { committed: true, published: false } : REFUSED
  }

  return {
    create: async (write) => {
      const batch = firestore.batch()
      batch.create(centerRef(write.stored.center.id), toCenterFields(write.stored))
      batch.create(eventRef(write.event.id), toEventFields(write))
      batch.create(auditRef(write.event.id), toAuditFields(write.event.id, auditOf(write)))
      if (write.idempotency && !idempotency.addTo(batch, write.idempotency)) return REFUSED
      return commit(batch)
    },
    update: async (write) => {
      const lastUpdateTime = toUpdateTime(write.expected)
      if (!lastUpdateTime) return REFUSED
      const batch = firestore.batch()
      batch.update(centerRef(write.stored.center.id), toCenterFields(write.stored), { lastUpdateTime })
      batch.create(eventRef(write.event.id), toEventFields(write))
      batch.create(auditRef(write.event.id), toAuditFields(write.event.id, auditOf(write)))
      return commit(batch)
    },
    read: async (centerId) => {
      const found = await run(() => centerRef(centerId).get())
      return found.exists
        ? { ...toStoredCenter(found), revision: toRevision(timesOf(found).updateTime) }
        : undefined
    },
    list: createCenterList(connection),
    readIdempotency: idempotency.read,
    saveIdempotency: idempotency.save,
  }
}
