import type { QueryDocumentSnapshot } from '@google-cloud/firestore'
import { parseStoredAudit, type AuditLog } from '@mensageria/core'
import { unlessConflict } from '../firestore/conflict.ts'
import type { Connection } from '../firestore/connect-firestore.ts'
import { textOf } from '../firestore/fields.ts'
import { createNewestFirst, pageOf, startOf } from '../firestore/newest-first.ts'
import { LIST_SHARDS, shardOf } from '../firestore/shards.ts'

const toItems = (docs: readonly QueryDocumentSnapshot[]) =>
  docs.map((snapshot) => parseStoredAudit(textOf(snapshot, 'entry')))

/** The audit log port: one document for each entry, never changed and never deleted. */
export const createAuditLog = (connection: Connection): AuditLog => {
  const { firestore, run } = connection
  const list = createNewestFirst(connection, { collection: 'audit', at: 'at' })
  return {
    append: async (entry) => {
      const ref = firestore.collection('audit').doc()
      const fields = {
        entry: JSON.stringify(entry),
        at: entry.at,
        listShard: shardOf(ref.id, LIST_SHARDS),
      }
      // The id is new: where it exists the client has sent our own entry twice.
      await run(() => unlessConflict(ref.create(fields)))
    },
    list: async (page) => pageOf(await list({ ...startOf(page), toItems })),
  }
}
