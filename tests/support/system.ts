import { Delivery } from '@mensageria/contracts'
import type { Simulator } from '@mensageria/simulator'
import { listedSystems, startListedSimulator } from '@mensageria/simulator/listed'
import { startStandaloneProcess, type StandaloneProcess } from '@mensageria/testkit/standalone-process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { createClient, type Client } from './client.ts'
import { BY_CODE, openOwnList } from './own-list.ts'

/** The integrations of a test system: every one by code of the repository's list. */
export const SYSTEMS: readonly string[] = listedSystems()

const SHORT_CLOCKS = {
  RETRY_MIN_BACKOFF: '50ms',
  RETRY_MAX_BACKOFF: '200ms',
  MAX_DELIVERY_ATTEMPTS: '5',
  RECOVERY_MIN_INTERVAL: '100ms',
  RECOVERY_MAX_INTERVAL: '500ms',
  SWEEP_INTERVAL: '200ms',
}

/** A folder, a simulator and the environment that joins them; processes started through it end with it. */
export type TestSystem = {
  simulator: Simulator
  client: Client
  dataDir: string
  env: Record<string, string>
  start(
    extra?: Record<string, string>,
    entry?: string,
    wrap?: (command: string) => string,
  ): Promise<StandaloneProcess>
  close(): Promise<void>
}

/** Sets the scene for a whole-system test, with clocks short enough to see dead letters and recovery in seconds. */
export const openTestSystem = async (): Promise<TestSystem> => {
  const simulator = await startListedSimulator(SYSTEMS)
  const list = await openOwnList(BY_CODE)
  const dataDir = await mkdtemp(join(tmpdir(), 'mensageria-test-'))
  const processes: StandaloneProcess[] = []
  const env = { DATA_DIR: dataDir, ...list.env, ...SHORT_CLOCKS, ...simulator.env }
  return {
    simulator,
    client: createClient(),
    dataDir,
    env,
    start: async (extra = {}, entry, wrap) => {
      const started = await startStandaloneProcess({ ...env, ...extra }, entry, wrap)
      processes.push(started)
      return started
    },
    close: async () => {
      await Promise.all(processes.map((process) => process.stop('SIGKILL')))
      await simulator.close()
      await list.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** The deliveries of one center, by integration. */
export const deliveriesOf = async (url: string, centerId: string): Promise<Record<string, Delivery>> => {
  const answer = await fetch(`${url}/v1/distribution-centers/${centerId}/deliveries`)
  const { items } = z.object({ items: z.array(Delivery) }).parse(await answer.json())
  return Object.fromEntries(items.map((delivery) => [delivery.integration, delivery]))
}

/** Deliveries of one center, not all of them delivered. */
export type OpenCenter = { centerId: string; states: Record<string, Delivery['state']> }

/**
 * One of these centers that has a delivery to these integrations (all, unless given) that is not delivered; undefined where
 * there is none. Asks from the last one on, which tends to be the one.
 */
export const firstOpen = async (
  url: string,
  centerIds: readonly string[],
  integrations?: readonly string[],
): Promise<OpenCenter | undefined> => {
  for (const centerId of centerIds.toReversed()) {
    const rows = Object.entries(await deliveriesOf(url, centerId))
    const asked = rows.filter(([name]) => integrations?.includes(name) ?? true)
    if (asked.some(([, { state }]) => state !== 'delivered'))
      return { centerId, states: Object.fromEntries(asked.map(([name, { state }]) => [name, state])) }
  }
  return undefined
}

/** Whether every delivery of these centers is delivered. */
export const allDelivered = async (url: string, centerIds: readonly string[]): Promise<boolean> =>
  (await firstOpen(url, centerIds)) === undefined
