import type { DatabaseSync } from 'node:sqlite'
import type { Write } from './group-commit.ts'

const DAY_MS = 86_400_000
// Longer than any message can stay queued; an event that is still queued is never purged.
const KEEP_CLOSED_MS = 30 * DAY_MS
// Bounds the time that one purge holds the thread.
const BATCH = 500

/** Deletes what may expire: closed events after 30 days, kept answers after their time. Resolves with how many went. */
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
  return (now: number): Promise<number> =>
    write(() => Number(events.run(now - KEEP_CLOSED_MS).changes) + Number(answers.run(now).changes))
}
