import type { Identity } from '@mensageria/core'
import type { DatabaseSync } from 'node:sqlite'
import { textOf } from '../database/columns.ts'
import type { GroupCommit } from '../database/group-commit.ts'

/** The identity port over the identity table. */
export const createIdentity = (db: DatabaseSync, read: GroupCommit['read']): Identity => {
  const find = db.prepare('SELECT id FROM identity')
  return {
    read: () =>
      read(() => {
        const row = find.get()
        if (row === undefined) throw new Error('The database has no identity')
        return textOf(row, 'id')
      }),
  }
}
