import type { DatabaseSync } from 'node:sqlite'

/**
 * Makes the rows in work due, by integration: their owner is dead, because the process that had the folder before
 * had it alone. Those with a queued message are the broker's, which brings them at once; the others nobody would take up
 * before the end of their lease. Rows below their center's version wait for the newer message.
 */
export const createReleaseLeases = (db: DatabaseSync): ((integrations: readonly string[]) => void) => {
  const release = db.prepare(
    `UPDATE deliveries SET due_at = 0
     WHERE integration = ? AND shown = 'delivering' AND due_at IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM events e JOIN messages m ON m.event_seq = e.seq
       WHERE e.id = deliveries.center_id || ':' || deliveries.version
         AND m.subscription = deliveries.integration AND m.source = ''
     )`,
  )
  return (integrations) => {
    for (const name of integrations) release.run(name)
  }
}
