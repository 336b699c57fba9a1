import type { AttemptCounts, MinuteOfAttempts } from '@mensageria/core'
import type { DatabaseSync } from 'node:sqlite'
import { numberOf, textOf } from '../database/columns.ts'
import type { GroupCommit } from '../database/group-commit.ts'

const HOUR_MS = 3_600_000

/** The attempt counts port: a row for each integration and minute; the purge deletes those that nobody sees any more. */
export const createAttemptCounts = (
  db: DatabaseSync,
  { read, write }: Pick<GroupCommit, 'read' | 'write'>,
): AttemptCounts => {
  const add = db.prepare(
    `INSERT INTO attempts (minute, integration, delivered, failed) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET delivered = delivered + excluded.delivered, failed = failed + excluded.failed`,
  )
  const select = db.prepare('SELECT * FROM attempts WHERE minute > ? AND minute <= ? ORDER BY minute')
  return {
    add: (integration, minutes) =>
      write(() => {
        for (const { at, delivered, failed } of minutes) add.run(at, integration, delivered, failed)
      }),
    lastHour: (integrations, now) =>
      read(() => {
        const found = new Map<string, MinuteOfAttempts[]>(integrations.map((name) => [name, []]))
        for (const row of select.all(now - HOUR_MS, now)) {
          const [delivered, failed] = [numberOf(row, 'delivered'), numberOf(row, 'failed')]
          found.get(textOf(row, 'integration'))?.push({ at: numberOf(row, 'minute'), delivered, failed })
        }
        return Object.fromEntries(found)
      }),
  }
}
