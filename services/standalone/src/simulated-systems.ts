import type { Env } from '@mensageria/runtime'

/** Addresses of downstreams for which none were configured, and the end of what serves them. */
export type SimulatedSystems = {
  env: Record<string, string>
  names: string[]
  url: string
  close(): Promise<void>
}

/**
 * Starts the simulator for every downstream that it knows and whose NAME_URL is not set; undefined where there is none. One
 * that it does not know is refused later, by name, for its missing address.
 */
export const simulateMissing = async (
  names: readonly string[],
  env: Env,
): Promise<SimulatedSystems | undefined> => {
  const unset = names.filter((name) => !env[`${name.toUpperCase()}_URL`])
  if (unset.length === 0) return undefined
  // Loaded only here: with real downstreams there is no simulator in the process.
  const { startSimulator, SystemName } = await import('@mensageria/simulator')
  const missing = unset.flatMap((name) => SystemName.safeParse(name).data ?? [])
  if (missing.length === 0) return undefined
  const simulator = await startSimulator()
  const simulated: Record<string, string> = {}
  for (const name of missing) {
    simulated[`${name.toUpperCase()}_URL`] = simulator.urls[name]
    simulated[`${name.toUpperCase()}_TOKEN`] = simulator.tokens[name]
  }
  return { env: simulated, names: missing, url: simulator.url, close: () => simulator.close() }
}
