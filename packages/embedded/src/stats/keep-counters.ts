import type { DatabaseSync } from 'node:sqlite'
import { textOf } from '../database/columns.ts'

/** The counters of an integration: how many deliveries it owes in all, and how many are in each state. */
export const COUNTED = [
  'owed',
  'waiting',
  'delivering',
  'retrying',
  'parked',
  'rejected',
  'delivered',
] as const

const sinceText = (since: number | undefined): string =>
  since === undefined ? '' : new Date(since).toISOString()

// The only place that counts: when an integration is new to this file, or its time has changed.
const countAll = (db: DatabaseSync, integration: string, since: string) => {
  const add = db.prepare('INSERT INTO counters (name, integration, since) VALUES (?, ?, ?)')
  for (const name of COUNTED) add.run(name, integration, since)
  db.prepare(
    `UPDATE counters SET
       n = (SELECT count(*) FROM deliveries d WHERE d.integration = counters.integration AND d.shown = counters.name),
       last_at = coalesce((SELECT max(attempted_at) FROM deliveries d
         WHERE d.integration = counters.integration AND d.shown = counters.name), 0)
     WHERE integration = ? AND name <> 'owed'`,
  ).run(integration)
  db.prepare(
    `UPDATE counters SET n = n + (SELECT count(*) FROM centers c WHERE ?2 <= c.doc ->> 'createdAt' AND NOT EXISTS (
       SELECT 1 FROM deliveries d WHERE d.center_id = c.id AND d.integration = ?1))
     WHERE integration = ?1 AND name = 'waiting'`,
  ).run(integration, since)
  db.prepare(
    `UPDATE counters SET n =
       (SELECT count(*) FROM deliveries d WHERE d.integration = ?1) +
       (SELECT count(*) FROM centers c WHERE ?2 <= c.doc ->> 'createdAt' AND NOT EXISTS (
         SELECT 1 FROM deliveries d WHERE d.center_id = c.id AND d.integration = ?1))
     WHERE integration = ?1 AND name = 'owed'`,
  ).run(integration, since)
}

/**
 * Makes the file count for exactly these integrations. Done once, when it is opened: from then on triggers keep the
 * counters in the commits that change them.
 */
export const keepCounters = (
  db: DatabaseSync,
  integrations: readonly { name: string; since?: number }[],
): void => {
  const wanted = new Map(integrations.map(({ name, since }) => [name, sinceText(since)]))
  const kept = new Map(
    db
      .prepare(`SELECT integration, since FROM counters WHERE name = 'owed'`)
      .all()
      .map((row) => [textOf(row, 'integration'), textOf(row, 'since')]),
  )
  db.exec('BEGIN IMMEDIATE')
  for (const [name, since] of kept) {
    if (wanted.get(name) !== since) db.prepare('DELETE FROM counters WHERE integration = ?').run(name)
  }
  for (const [name, since] of wanted) {
    if (kept.get(name) !== since) countAll(db, name, since)
  }
  db.exec('COMMIT')
}
