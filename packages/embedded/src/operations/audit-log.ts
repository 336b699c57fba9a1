import { parseStoredAudit, type AuditLog } from '@mensageria/core'
import type { DatabaseSync } from 'node:sqlite'
import { textOf } from '../database/columns.ts'
import type { GroupCommit } from '../database/group-commit.ts'
import { numberedPage } from '../database/numbered-page.ts'

/** The audit log port over the audit table. */
export const createAuditLog = (
  db: DatabaseSync,
  { read, write }: Pick<GroupCommit, 'read' | 'write'>,
): AuditLog => {
  const insert = db.prepare('INSERT INTO audit (doc) VALUES (?)')
  const newest = db.prepare('SELECT seq, doc FROM audit WHERE seq < ? ORDER BY seq DESC LIMIT ?')
  return {
    append: (entry) => {
      const doc = JSON.stringify(entry)
      return write(() => {
        insert.run(doc)
      })
    },
    list: (page) =>
      read(() =>
        numberedPage(
          page,
          (below, limit) => newest.all(below, limit),
          (row) => parseStoredAudit(textOf(row, 'doc')),
        ),
      ),
  }
}
