import { defined } from '@mensageria/contracts'
import { integrationsByCode, IntegrationsConfig, loadIntegrationSettings } from '@mensageria/runtime'
import { loadSystems } from './load-systems.ts'
import { startSimulator, type Simulator, type SimulatorOptions } from './simulator.ts'

/** The integrations by code of the list, in its order: those whose systems a simulator can play. */
export const listedSystems = (env: { INTEGRATIONS_FILE?: string | undefined } = {}): string[] => {
  const config = IntegrationsConfig.parse(defined({ INTEGRATIONS_FILE: env.INTEGRATIONS_FILE }))
  return integrationsByCode(loadIntegrationSettings(config)).map(({ name }) => name)
}

/** Starts a simulator that plays the systems of these integrations: those of the repository's list unless given. */
export const startListedSimulator = async (
  names: readonly string[] = listedSystems(),
  options: Omit<SimulatorOptions, 'systems'> = {},
): Promise<Simulator> => startSimulator({ ...options, systems: await loadSystems(names) })
