import type { IntegrationState, IntegrationStates } from '@mensageria/delivery'
import type { DatabaseSync } from 'node:sqlite'
import { docOf } from './columns.ts'
import type { Write } from './group-commit.ts'

/**
 * The state of each integration between two sweeps, over the integrations table. Kept in memory as well: each claim asks
 * for it, and this process is the only writer.
 */
export const createIntegrationStates = (db: DatabaseSync, write: Write): IntegrationStates => {
  const read = db.prepare('SELECT doc FROM integrations WHERE name = ?')
  const upsert = db.prepare(
    'INSERT INTO integrations (name, doc) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET doc = excluded.doc',
  )
  const known = new Map<string, IntegrationState>()
  return {
    read: async (name) => {
      const kept = known.get(name)
      if (kept) return kept
      const found = read.get(name)
      if (!found) return undefined
      const state = docOf<IntegrationState>(found)
      known.set(name, state)
      return state
    },
    write: async (name, state) => {
      await write(() => upsert.run(name, JSON.stringify(state)))
      known.set(name, state)
    },
  }
}
