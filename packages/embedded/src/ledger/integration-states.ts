import type { IntegrationState, IntegrationStates } from '@mensageria/core'
import type { DatabaseSync } from 'node:sqlite'
import { docOf, textOf } from '../database/columns.ts'
import type { Write } from '../database/group-commit.ts'

const stored = (found: Record<string, unknown> | undefined): IntegrationState =>
  found ? docOf<IntegrationState>(found) : {}

/**
 * The state of each integration between two sweeps, over the integrations table. Kept in memory as well: each claim asks
 * for it, and this process is the only writer.
 */
export const createIntegrationStates = (db: DatabaseSync, write: Write): IntegrationStates => {
  const select = db.prepare('SELECT doc FROM integrations WHERE name = ?')
  const everything = db.prepare('SELECT name, doc FROM integrations')
  const upsert = db.prepare(
    'INSERT INTO integrations (name, doc) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET doc = excluded.doc',
  )
  const known = new Map<string, IntegrationState | undefined>()

  const read = (name: string): IntegrationState | undefined => {
    if (known.has(name)) return known.get(name)
    const found = select.get(name)
    const state = found && docOf<IntegrationState>(found)
    known.set(name, state)
    return state
  }

  return {
    read: async (name) => read(name),
    all: async () => new Map(everything.all().map((row) => [textOf(row, 'name'), stored(row)])),
    write: async (name, part, value) => {
      // Read inside the write: two changes of one commit must not undo each other.
      const state = await write(() => {
        // JSON leaves out what is undefined: that removes the part.
        const doc = JSON.stringify({ ...stored(select.get(name)), [part]: value })
        upsert.run(name, doc)
        return stored({ doc })
      })
      known.set(name, state)
    },
  }
}
