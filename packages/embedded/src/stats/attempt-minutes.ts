import type { MinuteOfAttempts } from '@mensageria/core'
import type { DatabaseSync } from 'node:sqlite'
import { numberOf, textOf } from '../database/columns.ts'

const HOUR_MS = 3_600_000

/**
 * The attempts of each minute: a row for each integration and minute; the purge deletes those that nobody sees any more.
 * `addNow` must run inside a write.
 */
export const createAttemptMinutes = (db: DatabaseSync) => {
  const add = db.prepare(
    `INSERT INTO attempts (minute, integration, delivered, failed) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET delivered = delivered + excluded.delivered, failed = failed + excluded.failed`,
  )
  const select = db.prepare('SELECT * FROM attempts WHERE minute > ? AND minute <= ? ORDER BY minute')
  return {
    addNow: (integration: string, minutes: readonly MinuteOfAttempts[]): void => {
      for (const { at, delivered, failed } of minutes) add.run(at, integration, delivered, failed)
    },
    lastHour: (integrations: readonly string[], now: number): Record<string, MinuteOfAttempts[]> => {
      const found = new Map<string, MinuteOfAttempts[]>(integrations.map((name) => [name, []]))
      for (const row of select.all(now - HOUR_MS, now)) {
        const [delivered, failed] = [numberOf(row, 'delivered'), numberOf(row, 'failed')]
        found.get(textOf(row, 'integration'))?.push({ at: numberOf(row, 'minute'), delivered, failed })
      }
      return Object.fromEntries(found)
    },
  }
}
