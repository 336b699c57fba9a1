import { Timestamp, type WriteBatch } from '@google-cloud/firestore'
import type { CenterStore, IdempotencyRecord, IdempotencyWrite } from '@mensageria/core'
import { unlessConflict } from '../firestore/conflict.ts'
import type { Connection } from '../firestore/connect-firestore.ts'
import { jsonOf, timesOf } from '../firestore/fields.ts'
import { toRevision, toUpdateTime } from '../firestore/revision.ts'
import { hashedId } from '../firestore/shards.ts'

/**
 * Kept answers. `addTo` makes a record part of a commit, and is false where it names a revision that no record has. An
 * expired record may still be there (Firestore deletes within a day): who reads it compares `expiresAt`.
 */
export const createIdempotencyRecords = ({ firestore, run }: Connection) => {
  const refOf = (caller: string, key: string) =>
    firestore.collection('idempotency').doc(hashedId(caller, key))

  const addTo = (batch: WriteBatch, { record, replaces }: IdempotencyWrite): boolean => {
    const ref = refOf(record.caller, record.key)
    const fields = { record: JSON.stringify(record), expireAt: Timestamp.fromMillis(record.expiresAt) }
    if (replaces === undefined) {
      batch.create(ref, fields)
      return true
    }
    const lastUpdateTime = toUpdateTime(replaces)
    if (lastUpdateTime) batch.update(ref, fields, { lastUpdateTime })
    return lastUpdateTime !== undefined
  }

  const read: CenterStore['readIdempotency'] = async (caller, key) => {
    const found = await run(() => refOf(caller, key).get())
    return found.exists
      ? { ...jsonOf<IdempotencyRecord>(found, 'record'), revision: toRevision(timesOf(found).updateTime) }
      : undefined
  }

  const save = async (write: IdempotencyWrite): Promise<boolean> => {
    const batch = firestore.batch()
    if (!addTo(batch, write)) return false
    return (await run(() => unlessConflict(batch.commit()))) !== undefined
  }

  return { addTo, read, save }
}
