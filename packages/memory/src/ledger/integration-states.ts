import type { IntegrationState, IntegrationStates } from '@mensageria/core'
import type { Context } from '../context.ts'

/** The integration states port; each part is replaced without touching the others. */
export const createIntegrationStates = ({ stored: { states }, asks }: Context): IntegrationStates => ({
  read: (name) => asks.run('states.read', () => states.get(name)),
  all: () => asks.run('states.all', () => new Map(states)),
  write: (name, part, value) =>
    asks.run('states.write', () => {
      const next: IntegrationState = { ...states.get(name) }
      if (value === undefined) delete next[part]
      else next[part] = value
      states.set(name, next)
    }),
})
