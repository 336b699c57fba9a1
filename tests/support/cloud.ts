import {
  openGoogleCloudOperations,
  type GoogleCloudOperations,
  type OperationsOptions,
} from '@mensageria/google-cloud/operations'
import type { Rpc } from '@mensageria/google-cloud/store'
import { randomUUID } from 'node:crypto'

export const INTEGRATIONS = ['senninha', 'maas', 'dmitri'] as const

/** A store that is empty: on the emulator every project has a database of its own. */
export const newProjectId = (): string => `test-${randomUUID()}`

/** A store whose requests are seen: `during` gives those of one piece of work. */
export type WatchedStore = GoogleCloudOperations & { during(work: () => Promise<unknown>): Promise<Rpc[]> }

/** Opens a watched store, empty unless the project is named. */
export const openWatchedStore = async (
  projectId = newProjectId(),
  integrations: OperationsOptions['integrations'] = INTEGRATIONS.map((name) => ({ name })),
): Promise<WatchedStore> => {
  const rpcs: Rpc[] = []
  const store = await openGoogleCloudOperations({
    projectId,
    integrations,
    onRpc: (rpc) => rpcs.push(rpc),
  })
  return {
    ...store,
    during: async (work) => {
      rpcs.length = 0
      await work()
      return [...rpcs]
    },
  }
}

/** How many requests of each method there were. */
export const countsOf = (rpcs: readonly Rpc[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const { method } of rpcs) counts[method] = (counts[method] ?? 0) + 1
  return counts
}
