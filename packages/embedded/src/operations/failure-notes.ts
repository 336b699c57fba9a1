import type { FailureNote, FailureNotes } from '@mensageria/core'
import type { DatabaseSync } from 'node:sqlite'
import { docOf } from '../database/columns.ts'
import type { GroupCommit } from '../database/group-commit.ts'

/** The failure notes port over the failure_notes table. */
export const createFailureNotes = (
  db: DatabaseSync,
  { read, write }: Pick<GroupCommit, 'read' | 'write'>,
): FailureNotes => {
  const ofIntegration = db.prepare('SELECT doc FROM failure_notes WHERE integration = ?')
  const upsert = db.prepare(
    `INSERT INTO failure_notes (integration, cause, doc) VALUES (?, ?, ?)
     ON CONFLICT (integration, cause) DO UPDATE SET doc = excluded.doc`,
  )
  const remove = db.prepare('DELETE FROM failure_notes WHERE integration = ? AND cause = ?')
  return {
    of: (integrations) =>
      read(() =>
        integrations.flatMap((name) => ofIntegration.all(name).map((row) => docOf<FailureNote>(row))),
      ),
    write: (note) =>
      write(() => {
        const { integration, cause, owner, note: text } = note
        if (owner === undefined && text === undefined) remove.run(integration, cause)
        else upsert.run(integration, cause, JSON.stringify(note))
      }),
  }
}
