import type { DatabaseSync } from 'node:sqlite'
import { numberOf, textOf } from '../database/columns.ts'

type Row = Record<string, unknown>

// What one question may read: rows that are not delivered and open events, the oldest of each, and centers without a row.
// About 10 ms at most, and 0.1 ms as long as nothing is behind.
const ROWS_MAX = 50
const EVENTS_MAX = 1_000
const CENTERS_MAX = 2_000

const prepare = (db: DatabaseSync) => ({
  // Rows are numbered as they begin.
  rows: db.prepare(
    `SELECT c.doc ->> 'updatedAt' AS at FROM (
       SELECT center_id FROM deliveries WHERE integration = ? AND shown <> 'delivered' ORDER BY rowid LIMIT ${ROWS_MAX}
     ) oldest CROSS JOIN centers c ON c.id = oldest.center_id`,
  ),
  event: db.prepare(
    `SELECT c.doc ->> 'updatedAt' AS at FROM (
       SELECT center_id, version FROM events INDEXED BY events_open_age
       WHERE next_look_at IS NOT NULL AND seq > 0 ORDER BY seq LIMIT ${EVENTS_MAX}
     ) oldest CROSS JOIN centers c ON c.id = oldest.center_id AND c.version = oldest.version
     LEFT JOIN deliveries d ON d.center_id = c.id AND d.integration = ?1
     WHERE (d.rowid IS NULL AND c.created_at >= ?2) OR d.shown <> 'delivered' LIMIT 1`,
  ),
  centers: db.prepare(
    `SELECT oldest.seq, oldest.created_at, d.rowid IS NULL AS missing FROM (
       SELECT seq, id, created_at FROM centers WHERE (created_at, seq) > (?1, ?2)
       ORDER BY created_at, seq LIMIT ${CENTERS_MAX}
     ) oldest LEFT JOIN deliveries d ON d.center_id = oldest.id AND d.integration = ?3`,
  ),
  center: db.prepare(`SELECT doc ->> 'updatedAt' AS at FROM centers WHERE seq = ?`),
})

/**
 * Finds when the version was accepted that an integration has owed for longest, with or without a row, among what is oldest.
 * A row never goes, so the centers that have one are passed once: every question begins behind them.
 */
export const createOldestUndelivered = (db: DatabaseSync) => {
  const { rows, event, centers, center } = prepare(db)
  const passed = new Map<string, { at: number; seq: number }>()

  const missing = (integration: string, since: number): Row | undefined => {
    const from = passed.get(integration) ?? { at: since - 1, seq: Number.MAX_SAFE_INTEGER }
    for (const row of centers.iterate(from.at, from.seq, integration)) {
      if (row['missing'] === 1) return center.get(numberOf(row, 'seq'))
      passed.set(integration, { at: numberOf(row, 'created_at'), seq: numberOf(row, 'seq') })
    }
    return undefined
  }

  return (integration: string, since: number, waiting: number): number | undefined => {
    const found = [
      ...rows.all(integration),
      event.get(integration, since),
      waiting > 0 ? missing(integration, since) : undefined,
    ]
    const times = found.flatMap((row) => (row ? [Date.parse(textOf(row, 'at'))] : []))
    return times.length === 0 ? undefined : Math.min(...times)
  }
}
