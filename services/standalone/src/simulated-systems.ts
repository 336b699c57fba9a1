import { variablesOf } from '@mensageria/contracts'
import type { IntegrationSettings } from '@mensageria/core'
import { integrationsByCode, type Env } from '@mensageria/runtime'

/** Addresses of the systems that a simulator of this process plays, and the end of what serves them. */
export type SimulatedSystems = {
  env: Readonly<Record<string, string>>
  names: readonly string[]
  url: string
  close(): Promise<void>
}

/**
 * Starts a simulator for the integrations that are simulated and have no address of one; undefined where there is none.
 * Throws ConfigError for one whose folder does not say what its system answers.
 */
export const startSimulated = async (
  integrations: readonly IntegrationSettings[],
  env: Env,
): Promise<SimulatedSystems | undefined> => {
  const names = integrationsByCode(integrations)
    .filter(({ name, simulated }) => simulated && !env[variablesOf(name).url])
    .map(({ name }) => name)
  if (names.length === 0) return undefined
  // Loaded only here: with real systems there is no simulator in the process.
  const { loadSystems, startSimulator } = await import('@mensageria/simulator')
  return startSimulator({ systems: await loadSystems(names) })
}
