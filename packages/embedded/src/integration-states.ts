import type { IntegrationState, IntegrationStates } from '@mensageria/delivery'
import type { DatabaseSync } from 'node:sqlite'
import { docOf } from './columns.ts'
import type { Write } from './group-commit.ts'

/** The state of each integration between two sweeps, over the integrations table. */
export const createIntegrationStates = (db: DatabaseSync, write: Write): IntegrationStates => {
  const read = db.prepare('SELECT doc FROM integrations WHERE name = ?')
  const upsert = db.prepare(
    'INSERT INTO integrations (name, doc) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET doc = excluded.doc',
  )
  return {
    read: async (name) => {
      const found = read.get(name)
      return found && docOf<IntegrationState>(found)
    },
    write: (name, state) =>
      write(() => {
        upsert.run(name, JSON.stringify(state))
      }),
  }
}
