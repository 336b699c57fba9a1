import { variablesOf } from '@mensageria/contracts'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The systems that the sinks play: a run is the same load whatever the list of the repository has. */
export const SYSTEMS = ['senninha', 'maas', 'dmitri'] as const

type System = (typeof SYSTEMS)[number]

/** Writes a list of these systems into the folder; resolves with the variables that lead to it and to the sinks. */
export const leadToSinks = async (
  dataDir: string,
  sinksUrl: string,
  rows: Partial<Record<System, object>> = {},
): Promise<Record<string, string>> => {
  const list = join(dataDir, 'integrations.json')
  const integrations = Object.fromEntries(SYSTEMS.map((system) => [system, rows[system] ?? {}]))
  await writeFile(list, JSON.stringify({ integrations }))
  const connections = SYSTEMS.flatMap((system) => [
    [variablesOf(system).url, `${sinksUrl}/${system}`],
    [variablesOf(system).token, 'bench'],
  ])
  return { INTEGRATIONS_FILE: list, ...Object.fromEntries(connections) }
}
