import type { QueryDocumentSnapshot } from '@google-cloud/firestore'
import { parseStoredAudit, type AuditLog } from '@mensageria/core'
import { unlessConflict } from '../firestore/conflict.ts'
import type { Connection } from '../firestore/connect-firestore.ts'
import { textOf } from '../firestore/fields.ts'
import { createNewestFirst, pageOf, startOf } from '../firestore/newest-first.ts'
import { toAuditFields } from './audit-document.ts'

const toItems = (docs: readonly QueryDocumentSnapshot[]) =>
  docs.map((snapshot) => parseStoredAudit(textOf(snapshot, 'entry')))

/** The audit log port: one document for each entry, kept for 400 days. */
export const createAuditLog = (connection: Connection): AuditLog => {
  const { firestore, run } = connection
  const list = createNewestFirst(connection, { collection: 'audit', at: 'at' })
  return {
    append: async (entry) => {
      const ref = firestore.collection('audit').doc()
      // The id is new: where it exists the client has sent our own entry twice.
      await run(() => unlessConflict(ref.create(toAuditFields(ref.id, entry))))
    },
    list: async (page) => pageOf(await list({ ...startOf(page), toItems })),
  }
}
