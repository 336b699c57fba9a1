import type { CenterStore, IdempotencyRecord, IdempotencyWrite } from '@mensageria/core'
import type { DatabaseSync } from 'node:sqlite'
import { docOf, numberOf } from '../database/columns.ts'
import type { GroupCommit } from '../database/group-commit.ts'

/** Kept answers. `saveNow` must run inside a write; it is false where another record is in the way. */
export const createIdempotencyTable = (
  db: DatabaseSync,
  { read: readDurable, write }: Pick<GroupCommit, 'read' | 'write'>,
) => {
  const insert = db.prepare(
    'INSERT INTO idempotency (caller, key, revision, expires_at, doc) VALUES (?, ?, 1, ?, ?) ON CONFLICT DO NOTHING',
  )
  const replace = db.prepare(
    `UPDATE idempotency SET revision = revision + 1, expires_at = ?, doc = ?
     WHERE caller = ? AND key = ? AND revision = ?`,
  )
  const select = db.prepare('SELECT revision, doc FROM idempotency WHERE caller = ? AND key = ?')

  const saveNow = ({ record, replaces }: IdempotencyWrite): boolean => {
    const { caller, key, expiresAt } = record
    const doc = JSON.stringify(record)
    const { changes } =
      replaces === undefined
        ? insert.run(caller, key, expiresAt, doc)
        : replace.run(expiresAt, doc, caller, key, Number(replaces))
    return changes === 1
  }

  const read: CenterStore['readIdempotency'] = async (caller, key) => {
    const found = await readDurable(() => select.get(caller, key))
    return (
      found && {
        ...docOf<IdempotencyRecord>(found),
        revision: String(numberOf(found, 'revision')),
      }
    )
  }

  return { saveNow, read, save: (request: IdempotencyWrite) => write(() => saveNow(request)) }
}
