import { Timestamp } from '@google-cloud/firestore'
import { AUDIT_KEPT_MS, type AuditEntry } from '@mensageria/core'
import { LIST_SHARDS, shardOf } from '../firestore/shards.ts'

/** The fields of an audit entry's document, which is never changed; Firestore deletes it after its time. */
export const toAuditFields = (id: string, entry: AuditEntry) => ({
  entry: JSON.stringify(entry),
  at: entry.at,
  listShard: shardOf(id, LIST_SHARDS),
  expireAt: Timestamp.fromMillis(entry.at + AUDIT_KEPT_MS),
})
