import { Delivery, DistributionCenter } from '@mensageria/contracts'
import { startSimulator, type Simulator } from '@mensageria/simulator'
import { startStandaloneProcess, type StandaloneProcess } from '@mensageria/testkit/standalone-process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'

const SHORT_CLOCKS = {
  RETRY_MIN_BACKOFF: '50ms',
  RETRY_MAX_BACKOFF: '200ms',
  MAX_DELIVERY_ATTEMPTS: '5',
  RECOVERY_MIN_INTERVAL: '100ms',
  RECOVERY_MAX_INTERVAL: '500ms',
  SWEEP_INTERVAL: '100ms',
}

/** A folder, a simulator and the environment that joins them; processes started through it end with it. */
export type TestSystem = {
  simulator: Simulator
  dataDir: string
  env: Record<string, string>
  start(extra?: Record<string, string>, entry?: string): Promise<StandaloneProcess>
  close(): Promise<void>
}

/** Sets the scene for a whole-system test, with clocks short enough to see dead letters and recovery in seconds. */
export const openTestSystem = async (): Promise<TestSystem> => {
  const simulator = await startSimulator()
  const dataDir = await mkdtemp(join(tmpdir(), 'mensageria-test-'))
  const processes: StandaloneProcess[] = []
  const env: Record<string, string> = { DATA_DIR: dataDir, ...SHORT_CLOCKS }
  for (const system of ['senninha', 'maas', 'dmitri'] as const) {
    env[`${system.toUpperCase()}_URL`] = simulator.urls[system]
    env[`${system.toUpperCase()}_TOKEN`] = simulator.tokens[system]
  }
  return {
    simulator,
    dataDir,
    env,
    start: async (extra = {}, entry) => {
      const started = await startStandaloneProcess({ ...env, ...extra }, entry)
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

/** Sends a registration and resolves with the answer. */
export const post = (
  url: string,
  registration: unknown,
  headers: Record<string, string> = {},
): Promise<Response> =>
  fetch(`${url}/v1/distribution-centers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(registration),
  })

/** Registers and resolves with the stored centre; fails unless the answer is 2xx. */
export const register = async (url: string, registration: unknown): Promise<DistributionCenter> => {
  const answer = await post(url, registration)
  const body: unknown = await answer.json()
  if (!answer.ok) throw new Error(`Answered ${answer.status}: ${JSON.stringify(body)}`)
  return DistributionCenter.parse(body)
}

/** The deliveries of one centre, by integration. */
export const deliveriesOf = async (url: string, centerId: string): Promise<Record<string, Delivery>> => {
  const answer = await fetch(`${url}/v1/distribution-centers/${centerId}/deliveries`)
  const { items } = z.object({ items: z.array(Delivery) }).parse(await answer.json())
  return Object.fromEntries(items.map((delivery) => [delivery.integration, delivery]))
}

/** Resolves when the condition holds; fails with the last error or value after `patienceMs`. */
export const eventually = async (
  condition: () => Promise<boolean> | boolean,
  patienceMs = 40_000,
): Promise<void> => {
  const until = Date.now() + patienceMs
  let last: unknown
  while (Date.now() < until) {
    try {
      if (await condition()) return
    } catch (error) {
      last = error
    }
    await sleep(50)
  }
  throw new Error('It did not come true in time', { cause: last })
}

/** Whether every delivery of these centres is delivered. */
export const allDelivered = async (url: string, centerIds: readonly string[]): Promise<boolean> => {
  const rows = await Promise.all(centerIds.map((id) => deliveriesOf(url, id)))
  return rows.every((row) => Object.values(row).every(({ state }) => state === 'delivered'))
}
