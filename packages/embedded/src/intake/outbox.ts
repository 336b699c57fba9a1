import { decodeEvent } from '@mensageria/contracts'
import type { Outbox } from '@mensageria/core'
import type { DatabaseSync } from 'node:sqlite'
import { attributesOf, numberOf, textOf } from '../database/columns.ts'
import { createDueRows } from '../database/due-rows.ts'
import type { GroupCommit } from '../database/group-commit.ts'

/** The outbox port over the events table. */
export const createOutbox = (
  db: DatabaseSync,
  { peek, write }: Pick<GroupCommit, 'peek' | 'write'>,
): Outbox => {
  const due = createDueRows((condition) =>
    db.prepare(
      `SELECT id, center_id, version, center_created_at, looks FROM events
         WHERE next_look_at ${condition} ORDER BY next_look_at LIMIT ?`,
    ),
  )
  const read = db.prepare('SELECT attributes, data FROM events WHERE id = ?')
  const postpone = db.prepare(
    'UPDATE events SET next_look_at = ?, looks = ? WHERE id = ? AND next_look_at IS NOT NULL',
  )
  const close = db.prepare(
    'UPDATE events SET next_look_at = NULL, closed_at = ? WHERE id = ? AND next_look_at IS NOT NULL',
  )
  return {
    due: async (range, limit) =>
      peek(() => due([], range, limit)).map((row) => ({
        eventId: textOf(row, 'id'),
        centerId: textOf(row, 'center_id'),
        version: numberOf(row, 'version'),
        centerCreatedAt: numberOf(row, 'center_created_at'),
        checks: numberOf(row, 'looks'),
      })),
    read: async (eventId) => {
      const row = peek(() => read.get(eventId))
      if (!row) return undefined
      const decoded = decodeEvent(attributesOf(row), textOf(row, 'data'))
      if (!decoded.ok) throw new Error(`The stored event ${eventId} cannot be read: ${decoded.reason}`)
      return decoded.event
    },
    postpone: (eventId, nextCheckAt, checks) =>
      write(() => {
        postpone.run(nextCheckAt, checks, eventId)
      }),
    close: (eventIds, now) =>
      write(() => {
        for (const eventId of eventIds) close.run(now, eventId)
      }),
  }
}
