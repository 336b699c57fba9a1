import { parseStoredRedrive } from '@mensageria/core'
import type { DatabaseSync } from 'node:sqlite'
import { numberOf, textOf } from '../database/columns.ts'

const TABLES = `
  CREATE TABLE redrive_headers (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    open INTEGER NOT NULL,
    doc TEXT NOT NULL
  ) STRICT;
  CREATE INDEX redrive_headers_open ON redrive_headers (open) WHERE open = 1;

  -- One lane for each integration, in the order of their places.
  CREATE TABLE redrive_lanes (
    id TEXT NOT NULL,
    place INTEGER NOT NULL,
    integration TEXT NOT NULL,
    revision INTEGER NOT NULL,
    doc TEXT NOT NULL,
    PRIMARY KEY (id, place)
  ) STRICT, WITHOUT ROWID;
`

/**
 * Redrives as a header and lanes. A lane that has not come to its end begins anew: its cursor was a place in an order that
 * searches do not have any more. What it has sent it skips.
 */
export const redriveLanesStep = (db: DatabaseSync): void => {
  db.exec(TABLES)
  const addHeader = db.prepare(
    'INSERT INTO redrive_headers (seq, id, revision, open, doc) VALUES (?, ?, 1, ?, ?)',
  )
  const addLane = db.prepare(
    'INSERT INTO redrive_lanes (id, place, integration, revision, doc) VALUES (?, ?, ?, 1, ?)',
  )
  for (const row of db.prepare('SELECT seq, doc FROM redrives ORDER BY seq').all()) {
    const { redrive, lanes } = parseStoredRedrive(textOf(row, 'doc'))
    addHeader.run(numberOf(row, 'seq'), redrive.id, redrive.open ? 1 : 0, JSON.stringify(redrive))
    for (const [place, { cursor, ...lane }] of lanes.entries()) {
      const kept = lane.exhausted && cursor !== undefined ? { ...lane, cursor } : lane
      addLane.run(redrive.id, place, lane.integration, JSON.stringify(kept))
    }
  }
  db.exec('DROP TABLE redrives')
}
