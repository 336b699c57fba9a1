import type { DailyStats, DeliveredBy } from '@mensageria/core'
import type { DatabaseSync } from 'node:sqlite'
import { numberOf } from '../database/columns.ts'
import type { Read } from '../database/group-commit.ts'

/** The daily figures port over the daily table, which triggers keep. */
export const createDailyStats = (db: DatabaseSync, read: Read): DailyStats => {
  const one = db.prepare('SELECT n FROM daily WHERE day = ? AND name = ? AND integration = ?')
  const countOf = (day: string, name: string, integration: string): number => {
    const found = one.get(day, name, integration)
    return found ? numberOf(found, 'n') : 0
  }
  const tallyOf = (day: string, integration: string): DeliveredBy => ({
    push: countOf(day, 'push', integration),
    recovery: countOf(day, 'recovery', integration),
    reconcile: countOf(day, 'reconcile', integration),
    redrive: countOf(day, 'redrive', integration),
    superseded: countOf(day, 'superseded', integration),
  })
  return {
    ofDay: (day, integrations) =>
      read(() => ({
        registered: countOf(day, 'registered', ''),
        updated: countOf(day, 'updated', ''),
        integrations: Object.fromEntries(integrations.map((name) => [name, tallyOf(day, name)])),
      })),
  }
}
