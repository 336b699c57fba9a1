import type { DayCounts, DeliveredBy } from '@mensageria/core'
import type { DatabaseSync } from 'node:sqlite'
import { numberOf, textOf } from '../database/columns.ts'

/** Reads what happened on a day from the daily table, which triggers keep. */
export const createDayCounts = (db: DatabaseSync) => {
  const select = db.prepare('SELECT name, integration, n FROM daily WHERE day = ?')
  return (day: string, integrations: readonly string[]): DayCounts => {
    const counted = new Map(
      select
        .all(day)
        .map((row) => [`${textOf(row, 'integration')} ${textOf(row, 'name')}`, numberOf(row, 'n')]),
    )
    const countOf = (integration: string, name: string): number => counted.get(`${integration} ${name}`) ?? 0
    const deliveredBy = (integration: string): DeliveredBy => {
      const of = (name: keyof DeliveredBy): number => countOf(integration, name)
      return {
        push: of('push'),
        recovery: of('recovery'),
        reconcile: of('reconcile'),
        redrive: of('redrive'),
        superseded: of('superseded'),
      }
    }
    return {
      registered: countOf('', 'registered'),
      updated: countOf('', 'updated'),
      integrations: Object.fromEntries(integrations.map((name) => [name, deliveredBy(name)])),
    }
  }
}
