import type { Unaccounted } from '@mensageria/core'
import type { DatabaseSync } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { numberOf } from '../database/columns.ts'
import type { Counters } from './counters.ts'

// Up to so many open events are read in one turn (about 10 ms); beyond that centers are read, so many a turn.
const EVENTS_MAX = 2_000
const CENTERS_A_TURN = 1_000

// A pair waits that the integration owes: its row is below the version, or it has none and lies in the scope.
const WAITS = `((d.rowid IS NULL AND c.created_at >= ?2) OR d.shown = 'waiting')`

const prepare = (db: DatabaseSync) => ({
  withOpenEvent: db.prepare(
    `SELECT count(*) AS n FROM events e INDEXED BY events_open_age
     CROSS JOIN centers c ON c.id = e.center_id AND c.version = e.version
     LEFT JOIN deliveries d ON d.center_id = c.id AND d.integration = ?1
     WHERE e.next_look_at IS NOT NULL AND e.seq > 0 AND ${WAITS}`,
  ),
  withoutOpenEvent: db.prepare(
    `SELECT count(*) AS n FROM centers c LEFT JOIN deliveries d ON d.center_id = c.id AND d.integration = ?1
     WHERE c.seq > ?3 AND c.seq <= ?4 AND ${WAITS} AND NOT EXISTS (
       SELECT 1 FROM events e WHERE e.id = c.id || ':' || c.version AND e.next_look_at IS NOT NULL)`,
  ),
  newest: db.prepare('SELECT max(seq) AS seq FROM centers'),
})

const nOf = (row: Record<string, unknown> | undefined): number => (row ? numberOf(row, 'n') : 0)

/**
 * Counts the owed pairs that wait although no event of their center's version is open. What waits less what waits with an open
 * event, both of one moment; where too many events are open for one turn, pair by pair over several. Only where something
 * waits.
 */
export const createUnaccounted = (db: DatabaseSync, counters: Counters) => {
  const { withOpenEvent, withoutOpenEvent, newest } = prepare(db)

  const walkCenters = async (integration: string, since: number): Promise<number> => {
    const last = newest.get()?.['seq']
    const end = typeof last === 'number' ? last : 0
    let count = 0
    for (let from = 0; from < end; from += CENTERS_A_TURN) {
      await nextTurn()
      count += nOf(withoutOpenEvent.get(integration, since, from, from + CENTERS_A_TURN))
    }
    return count
  }

  return async (): Promise<Unaccounted[]> => {
    const found: Unaccounted[] = []
    for (const { integration, since = 0 } of counters.owed()) {
      await nextTurn()
      const waiting = counters.of('waiting', integration)
      if (waiting <= 0) continue
      const isFew = counters.of('openEvents') <= EVENTS_MAX
      const count = isFew
        ? waiting - nOf(withOpenEvent.get(integration, since))
        : await walkCenters(integration, since)
      if (count > 0) found.push({ integration, count })
    }
    return found
  }
}
