import type { IntegrationSettings } from '@mensageria/core'
import { variablesOf } from '@mensageria/contracts'
import type { Env } from '@mensageria/runtime'

/** Addresses of the systems that a simulator of this process plays, and the end of what serves them. */
export type SimulatedSystems = {
  env: Record<string, string>
  names: string[]
  url: string
  close(): Promise<void>
}

/**
 * Starts a simulator for the integrations that are simulated and have no address of one; undefined where there is none. One
 * that it does not play is refused later, by name, for its missing address.
 */
export const startSimulated = async (
  integrations: readonly IntegrationSettings[],
  env: Env,
): Promise<SimulatedSystems | undefined> => {
  const wanted = integrations.filter(({ name, simulated }) => simulated && !env[variablesOf(name).url])
  if (wanted.length === 0) return undefined
  // Loaded only here: with real systems there is no simulator in the process.
  const { startSimulator, SystemName } = await import('@mensageria/simulator')
  const names = wanted.flatMap(({ name }) => SystemName.safeParse(name).data ?? [])
  if (names.length === 0) return undefined
  const simulator = await startSimulator()
  const simulated: Record<string, string> = {}
  for (const name of names) {
    const { url, token } = variablesOf(name)
    simulated[url] = simulator.urls[name]
    simulated[token] = simulator.tokens[name]
  }
  return { env: simulated, names, url: simulator.url, close: () => simulator.close() }
}
