import type { IntegrationState, IntegrationStates } from '@mensageria/core'
import type { DatabaseSync } from 'node:sqlite'
import { docOf } from '../database/columns.ts'
import type { Write } from '../database/group-commit.ts'

const stored = (found: Record<string, unknown> | undefined): IntegrationState =>
  found ? docOf<IntegrationState>(found) : {}

/**
 * The state of each integration between two sweeps, over the integrations table. Kept in memory as well: each claim asks
 * for it, and this process is the only writer.
 */
export const createIntegrationStates = (db: DatabaseSync, write: Write): IntegrationStates => {
  const select = db.prepare('SELECT doc FROM integrations WHERE name = ?')
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

  const change = async (name: string, apply: (state: IntegrationState) => IntegrationState) => {
    // Read inside the write: two changes of one commit must not undo each other.
    const state = await write(() => {
      const changed = apply(stored(select.get(name)))
      upsert.run(name, JSON.stringify(changed))
      return changed
    })
    known.set(name, state)
  }

  return {
    read: async (name) => read(name),
    writeRecovery: (name, recovery) => change(name, (state) => ({ ...state, recovery })),
    writePause: (name, paused) =>
      change(name, ({ recovery }) => ({ ...(recovery && { recovery }), ...(paused && { paused }) })),
  }
}
