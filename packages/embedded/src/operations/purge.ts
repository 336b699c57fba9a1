import type { DatabaseSync } from 'node:sqlite'
import type { Write } from '../database/group-commit.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
// Longer than any message can stay queued; an event that is still queued is never purged.
const KEEP_CLOSED_MS = 30 * DAY_MS
// One hour is shown.
const KEEP_ATTEMPTS_MS = 2 * HOUR_MS
// Bounds the time that one purge holds the thread.
const BATCH = 500

/** Deletes what may expire: closed events after 30 days, attempt counts after 2 hours, kept answers after their time. Resolves with how many went. */
export const createPurge = (db: DatabaseSync, write: Write) => {
  const events = db.prepare(
    `DELETE FROM events WHERE seq IN (
       SELECT seq FROM events e WHERE closed_at <= ?
       AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.event_seq = e.seq) LIMIT ${BATCH})`,
  )
  const answers = db.prepare(
    `DELETE FROM idempotency WHERE (caller, key) IN (
       SELECT caller, key FROM idempotency WHERE expires_at <= ? LIMIT ${BATCH})`,
  )
  const attempts = db.prepare('DELETE FROM attempts WHERE minute <= ?')
  return (now: number): Promise<number> =>
    write(() => {
      const gone = [events.run(now - KEEP_CLOSED_MS), answers.run(now), attempts.run(now - KEEP_ATTEMPTS_MS)]
      return gone.reduce((sum, { changes }) => sum + Number(changes), 0)
    })
}
