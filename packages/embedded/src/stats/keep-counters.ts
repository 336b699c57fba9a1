import { SHOWN_STATES } from '@mensageria/core'
import type { DatabaseSync } from 'node:sqlite'
import { textOf } from '../database/columns.ts'

const COUNTED = ['owed', ...SHOWN_STATES] as const

// What `isOwed` (core) says: every row, and the centers in the scope that have none.
const MISSING = `(SELECT count(*) FROM centers c WHERE c.created_at >= ?2 AND NOT EXISTS (
  SELECT 1 FROM deliveries d WHERE d.center_id = c.id AND d.integration = ?1))`
const ROWS = `(SELECT count(*) FROM deliveries d WHERE d.integration = ?1)`
const ROWS_OF_STATE = `(SELECT count(*) FROM deliveries d WHERE d.integration = ?1 AND d.shown = counters.name)`

// The only place that counts: when an integration is new to this file, its `since` has changed, or the schema has.
const countAll = (db: DatabaseSync, integration: string, since: number | undefined) => {
  const add = db.prepare(
    `INSERT INTO counters (name, integration, since) VALUES (?, ?, ?)
     ON CONFLICT (name, integration) DO UPDATE SET since = excluded.since`,
  )
  for (const name of COUNTED) add.run(name, integration, since === undefined ? '' : String(since))
  const update = (change: string, condition: string) =>
    db.prepare(`UPDATE counters SET ${change} WHERE integration = ?1 AND ${condition}`)
  const from = since ?? 0
  update(`n = ${ROWS_OF_STATE}`, `name <> 'owed'`).run(integration)
  update(`n = n + ${MISSING}`, `name = 'waiting'`).run(integration, from)
  update(`n = ${ROWS} + ${MISSING}`, `name = 'owed'`).run(integration, from)
}

/**
 * Makes the file count for exactly these integrations. Done once, when it is opened: from then on triggers keep the
 * counters in the commits that change them.
 */
export const keepCounters = (
  db: DatabaseSync,
  integrations: readonly { name: string; since?: number }[],
): void => {
  const rows = db.prepare(`SELECT name, integration, since FROM counters WHERE integration <> ''`).all()
  const known = new Set(rows.map((row) => textOf(row, 'integration')))
  const kept = new Map(
    rows
      .filter((row) => row['name'] === 'owed')
      .map((row) => [textOf(row, 'integration'), textOf(row, 'since')]),
  )
  const wanted = new Map(integrations.map(({ name, since }) => [name, since]))
  db.exec('BEGIN IMMEDIATE')
  const remove = db.prepare('DELETE FROM counters WHERE integration = ?')
  for (const name of known) if (!wanted.has(name)) remove.run(name)
  for (const [name, since] of wanted) {
    const isKept = kept.get(name) === (since === undefined ? '' : String(since))
    if (!isKept) countAll(db, name, since)
  }
  db.exec('COMMIT')
}
