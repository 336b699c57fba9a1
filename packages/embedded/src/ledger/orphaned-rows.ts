import { parseStoredRow, type OrphanedRows } from '@mensageria/core'
import type { DatabaseSync } from 'node:sqlite'
import { numberOf, textOf } from '../database/columns.ts'

/** The stray rows port over the deliveries table. */
export const createOrphanedRows = (db: DatabaseSync): OrphanedRows => {
  const nextName = db.prepare(
    `SELECT integration FROM deliveries WHERE due_at IS NOT NULL AND integration > ? ORDER BY integration LIMIT 1`,
  )
  const due = db.prepare(
    'SELECT revision, doc FROM deliveries WHERE integration = ? AND due_at <= ? ORDER BY due_at LIMIT ?',
  )

  // From name to name, so that the rows of one integration cost one step.
  const namesBut = (integrations: readonly string[]): string[] => {
    const names: string[] = []
    let found = nextName.get('')
    while (found) {
      const name = textOf(found, 'integration')
      if (!integrations.includes(name)) names.push(name)
      found = nextName.get(name)
    }
    return names
  }

  return {
    due: async (integrations, now, limit) =>
      namesBut(integrations)
        .flatMap((name) => due.all(name, now, limit))
        .slice(0, limit)
        .map((found) => ({
          row: parseStoredRow(textOf(found, 'doc')),
          revision: String(numberOf(found, 'revision')),
        })),
  }
}
