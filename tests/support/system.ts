import { Delivery } from '@mensageria/contracts'
import { startSimulator, type Simulator } from '@mensageria/simulator'
import { startStandaloneProcess, type StandaloneProcess } from '@mensageria/testkit/standalone-process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { createClient, type Client } from './client.ts'

/** The integrations of a test system. */
export const SYSTEMS = ['senninha', 'maas', 'dmitri'] as const

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
  const simulator = await startSimulator()
  const dataDir = await mkdtemp(join(tmpdir(), 'mensageria-test-'))
  const processes: StandaloneProcess[] = []
  const env: Record<string, string> = { DATA_DIR: dataDir, ...SHORT_CLOCKS }
  for (const system of SYSTEMS) {
    env[`${system.toUpperCase()}_URL`] = simulator.urls[system]
    env[`${system.toUpperCase()}_TOKEN`] = simulator.tokens[system]
  }
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

/** Resolves when the condition holds; fails with the last error or value after `patienceMs`. */
export const eventually = async (
  condition: () => Promise<boolean> | boolean,
  patienceMs = 240_000,
): Promise<void> => {
  const until = Date.now() + patienceMs
  let pauseMs = 50
  let last: unknown
  while (Date.now() < until) {
    try {
      if (await condition()) return
    } catch (error) {
      last = error
    }
    // What takes long is asked for less often: the questions are load for the system that they wait for.
    await sleep(pauseMs)
    pauseMs = Math.min(pauseMs * 1.2, 500)
  }
  throw new Error('It did not come true in time', { cause: last })
}

/** Whether every delivery of these centers is delivered. Asks from the last one on, which tends to be the one that is not. */
export const allDelivered = async (url: string, centerIds: readonly string[]): Promise<boolean> => {
  for (const id of centerIds.toReversed()) {
    const rows = await deliveriesOf(url, id)
    if (!Object.values(rows).every(({ state }) => state === 'delivered')) return false
  }
  return true
}
