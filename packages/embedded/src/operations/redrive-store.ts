import { isActive, type Redrive, type RedriveStore } from '@mensageria/core'
import type { DatabaseSync } from 'node:sqlite'
import { docOf, numberOf } from '../database/columns.ts'
import type { GroupCommit } from '../database/group-commit.ts'
import { numberedPage } from '../database/numbered-page.ts'

const activeOf = (redrive: Redrive): number | null => (isActive(redrive) ? 1 : null)

/** The redrive store port over the redrives table. */
export const createRedriveStore = (
  db: DatabaseSync,
  { read, write }: Pick<GroupCommit, 'read' | 'write'>,
): RedriveStore => {
  const insert = db.prepare(
    'INSERT INTO redrives (id, revision, active, doc) VALUES (?, 1, ?, ?) ON CONFLICT DO NOTHING',
  )
  const update = db.prepare(
    'UPDATE redrives SET revision = revision + 1, active = ?, doc = ? WHERE id = ? AND revision = ?',
  )
  const one = db.prepare('SELECT doc, revision FROM redrives WHERE id = ?')
  const active = db.prepare('SELECT doc FROM redrives WHERE active = 1 ORDER BY seq')
  const newest = db.prepare('SELECT seq, doc FROM redrives WHERE seq < ? ORDER BY seq DESC LIMIT ?')

  return {
    create: async (redrive) => {
      const doc = JSON.stringify(redrive)
      const { changes } = await write(() => insert.run(redrive.id, activeOf(redrive), doc))
      return changes === 0 ? undefined : '1'
    },
    read: (id) =>
      read(() => {
        const found = one.get(id)
        return found && { redrive: docOf<Redrive>(found), revision: String(numberOf(found, 'revision')) }
      }),
    update: async (redrive, expected) => {
      const doc = JSON.stringify(redrive)
      const { changes } = await write(() => update.run(activeOf(redrive), doc, redrive.id, Number(expected)))
      return changes === 0 ? undefined : String(Number(expected) + 1)
    },
    active: async () => active.all().map((found) => docOf<Redrive>(found)),
    list: (page) =>
      read(() =>
        numberedPage(
          page,
          (below, limit) => newest.all(below, limit),
          (row) => docOf<Redrive>(row),
        ),
      ),
  }
}
