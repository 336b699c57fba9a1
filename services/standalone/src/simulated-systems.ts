type Env = Readonly<Record<string, string | undefined>>

/** Addresses of downstreams for which none were configured, and the end of what serves them. */
export type SimulatedSystems = {
  env: Record<string, string>
  names: string[]
  url: string
  close(): Promise<void>
}

/** Starts the simulator for every downstream whose NAME_URL is not set; undefined where all are. */
export const simulateMissing = async (
  names: readonly string[],
  env: Env,
): Promise<SimulatedSystems | undefined> => {
  const missing = names.filter((name) => !env[`${name.toUpperCase()}_URL`])
  if (missing.length === 0) return undefined
  // Loaded only here: with real downstreams there is no simulator in the process.
  const { startSimulator, SystemName } = await import('@mensageria/simulator')
  const simulator = await startSimulator()
  const simulated: Record<string, string> = {}
  for (const name of missing) {
    const system = SystemName.parse(name)
    simulated[`${name.toUpperCase()}_URL`] = simulator.urls[system]
    simulated[`${name.toUpperCase()}_TOKEN`] = simulator.tokens[system]
  }
  return { env: simulated, names: missing, url: simulator.url, close: () => simulator.close() }
}
