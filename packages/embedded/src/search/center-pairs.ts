import type { DatabaseSync } from 'node:sqlite'
import { numberOf, textOf } from '../database/columns.ts'
import { createCentersByText } from '../intake/centers-by-text.ts'
import { ANSWERED, comparePositions, type Position } from './positions.ts'
import type { Query } from './query.ts'

/**
 * Finds the pairs of the few centers that a filter names, by id or by a text that at most 200 begin with, as places in the
 * order of pages; undefined where it names no such few.
 */
export const createCenterPairs = (db: DatabaseSync) => {
  const byText = createCentersByText(db)
  const byId = db.prepare('SELECT seq, id FROM centers WHERE id = ?')
  const pair = db.prepare(
    `SELECT c.seq, c.created_at, d.rowid AS row, d.shown, d.attempted_at FROM centers c
     LEFT JOIN deliveries d ON d.center_id = c.id AND d.integration = ?2 WHERE c.id = ?1`,
  )

  const centersOf = ({ filter: { centerId, q } }: Query): string[] | undefined => {
    if (centerId !== undefined) return byId.all(centerId).map((row) => textOf(row, 'id'))
    return q === undefined ? undefined : byText(q)?.map((row) => textOf(row, 'id'))
  }

  const positionOf = (centerId: string, integration: string, phase: number): Position[] =>
    pair
      .all(centerId, integration)
      .map((row) =>
        row['row'] === null || row['shown'] === 'waiting'
          ? { phase, at: numberOf(row, 'created_at'), id: numberOf(row, 'seq') }
          : { phase: ANSWERED, at: numberOf(row, 'attempted_at'), id: numberOf(row, 'row') },
      )

  return (query: Query): Position[] | undefined =>
    centersOf(query)
      ?.flatMap((centerId) =>
        query.integrations.flatMap(({ name, phase }) => positionOf(centerId, name, phase)),
      )
      .filter(({ phase }) => (phase === ANSWERED ? query.answered : query.waiting))
      .toSorted(comparePositions)
}
