import { notAfter, retentionTime } from '@mensageria/core'
import type { DatabaseSync } from 'node:sqlite'
import { numberOf } from '../database/columns.ts'
import type { Write } from '../database/group-commit.ts'

// What a restart may lose of it; each purge would cost a flush of the disk otherwise.
const NOTED_EVERY_MS = 3_600_000

/**
 * Says by which time a purge may delete: `now`, unless the clock has jumped ahead since an earlier purge, in this process or
 * one before it.
 */
export const createRetention = (db: DatabaseSync, write: Write) => {
  const select = db.prepare('SELECT at FROM retention')
  const note = db.prepare(
    'INSERT INTO retention (one, at) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET at = excluded.at',
  )
  const found = select.get()
  let noted = found && numberOf(found, 'at')
  let reached = noted
  return async (now: number, elapsedMs: number): Promise<number> => {
    const at = retentionTime(reached, now, elapsedMs)
    reached = at
    if (noted === undefined || at - noted >= NOTED_EVERY_MS) {
      await write(() => note.run(Math.trunc(at)))
      noted = at
    }
    return notAfter(at, now)
  }
}
