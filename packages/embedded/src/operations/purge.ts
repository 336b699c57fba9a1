import { AUDIT_KEPT_MS, REDRIVE_KEPT_MS } from '@mensageria/core'
import type { DatabaseSync } from 'node:sqlite'
import { textOf } from '../database/columns.ts'
import type { Write } from '../database/group-commit.ts'
import { createRetention } from './retention.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
// Longer than any message can stay queued; an event that is still queued is never purged.
const KEEP_CLOSED_MS = 30 * DAY_MS
// One hour is shown.
const KEEP_ATTEMPTS_MS = 2 * HOUR_MS
// A cause that came last so long ago, and that no row has, says nothing any more.
const KEEP_EMPTY_GROUPS_MS = 30 * DAY_MS
// Of each table in one commit: it holds the thread for about 10 ms.
const BATCH = 500

/**
 * Deletes what may expire: closed events after 30 days, attempt counts after 2 hours, kept answers after their time, causes
 * that are gone after 30 days, redrives that have ended after 90, audit entries after 400. A batch in each commit, until nothing is due: other writes and requests have their turns
 * between. Resolves with how many went.
 */
export const createPurge = (db: DatabaseSync, write: Write) => {
  // The newest stays: SQLite would give its number, by which messages are known, to another event.
  const events = db.prepare(
    `DELETE FROM events WHERE seq IN (
       SELECT seq FROM events e WHERE closed_at <= ? AND seq < (SELECT max(seq) FROM events)
       AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.event_seq = e.seq) LIMIT ${BATCH})`,
  )
  const answers = db.prepare(
    `DELETE FROM idempotency WHERE (caller, key) IN (
       SELECT caller, key FROM idempotency WHERE expires_at <= ? LIMIT ${BATCH})`,
  )
  const attempts = db.prepare(
    `DELETE FROM attempts WHERE (minute, integration) IN (
       SELECT minute, integration FROM attempts WHERE minute <= ? LIMIT ${BATCH})`,
  )
  const groups = db.prepare(
    `DELETE FROM failure_groups WHERE (integration, kind, cause) IN (
       SELECT integration, kind, cause FROM failure_groups WHERE n = 0 AND last_at <= ? LIMIT ${BATCH})`,
  )

  const redrives = db.prepare(
    `DELETE FROM redrive_headers WHERE seq IN (
       SELECT seq FROM redrive_headers WHERE open = 0 AND doc ->> '$.createdAt' <= ?
       AND doc ->> '$.state' IN ('done', 'cancelled') LIMIT ${BATCH}) RETURNING id`,
  )
  const lanes = db.prepare('DELETE FROM redrive_lanes WHERE id = ?')
  const audit = db.prepare(
    `DELETE FROM audit WHERE seq IN (SELECT seq FROM audit WHERE doc ->> '$.at' <= ? LIMIT ${BATCH})`,
  )

  const purgeRedrives = (now: number) => {
    const gone = redrives.all(now - REDRIVE_KEPT_MS)
    for (const row of gone) lanes.run(textOf(row, 'id'))
    return { changes: gone.length }
  }

  const retention = createRetention(db, write)

  const purgeBatch = (now: number): Promise<number[]> =>
    write(() =>
      [
        events.run(now - KEEP_CLOSED_MS),
        answers.run(now),
        attempts.run(now - KEEP_ATTEMPTS_MS),
        groups.run(now - KEEP_EMPTY_GROUPS_MS),
        purgeRedrives(now),
        audit.run(now - AUDIT_KEPT_MS),
      ].map(({ changes }) => Number(changes)),
    )

  return async (wallClock: number, elapsedMs = Number.POSITIVE_INFINITY): Promise<number> => {
    const now = await retention(wallClock, elapsedMs)
    let total = 0
    for (;;) {
      const gone = await purgeBatch(now)
      total += gone.reduce((sum, count) => sum + count, 0)
      if (gone.every((count) => count < BATCH)) return total
    }
  }
}
