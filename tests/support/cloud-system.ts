import { createTopology, type TopologyOptions } from '@mensageria/google-cloud/topology'
import { startLocalCloud, type LocalCloud, type LocalCloudOptions } from '@mensageria/local-cloud'
import { IntegrationsConfig, loadIntegrationSettings } from '@mensageria/runtime'
import type { Simulator } from '@mensageria/simulator'
import type { EmulatorHosts } from '@mensageria/testkit/emulators'
import { DEAD_LETTER_TOPIC } from '@mensageria/contracts'
import { randomUUID } from 'node:crypto'
import { openTestSystem, type TestSystem } from './system.ts'

// The emulator counts its pauses in seconds.
const CLOUD_CLOCKS = {
  RETRY_MIN_BACKOFF: '200ms',
  RETRY_MAX_BACKOFF: '1s',
  MAX_DELIVERY_ATTEMPTS: '5',
  RECOVERY_MIN_INTERVAL: '200ms',
  RECOVERY_MAX_INTERVAL: '1s',
  // On a busy machine the questions of a sweep take seconds: what is left of a short budget would be too little for work.
  SWEEP_BUDGET: '20s',
  RATE_LIMIT: 'off',
}

// The discard port: nobody listens there.
const NOBODY = '127.0.0.1:9'

/** Whether there is such a process. */
export const runs = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Every service as its own process on the emulators, with a simulator and short clocks; the console only where it is asked for. */
export type CloudSystem = Pick<TestSystem, 'simulator' | 'client' | 'dataDir'> & {
  cloud: LocalCloud
  projectId: string
  url: string
  /** Every line that a service wrote so far. */
  lines(service: string): readonly string[]
  /** The services that run: after a fault outside of them, all. */
  running(): string[]
  /** Starts registration anew without its broker: what it accepts is pushed by the test, or after 10 s by the sweeper. */
  cutFromBroker(): Promise<void>
  /** Creates topics and subscriptions again, or changes the subscriptions. */
  createTopology(change?: Partial<TopologyOptions>): Promise<void>
  close(): Promise<void>
}

export type CloudParts = {
  /** What a test puts between the services, once it knows the simulator: addresses for each of them. */
  between?: (simulator: Simulator) => Promise<Pick<LocalCloudOptions, 'envOf' | 'ports'>>
  /** Starts the console too, and counts what it shows every four seconds. */
  withConsole?: boolean
  /** For every process, besides the short clocks. */
  env?: Readonly<Record<string, string>>
  /** Services that are not started with the others. */
  without?: readonly string[]
  /** What is done once addresses are given out, before any service starts. */
  beforeStart?: () => Promise<void>
}

/**
 * Starts it on these emulators, or on proxies in front of them: the topology comes from this process, which goes by its
 * own environment (see `useEmulators`).
 */
export const openCloudSystem = async (
  hosts: EmulatorHosts,
  { between, withConsole = false, env: more, without = [], beforeStart }: CloudParts = {},
): Promise<CloudSystem> => {
  const system = await openTestSystem()
  const env = {
    ...system.env,
    ...CLOUD_CLOCKS,
    ...(withConsole ? { STATS_INTERVAL: '4s' } : {}),
    ...more,
  }
  const projectId = `test-${randomUUID().slice(0, 8)}`
  const integrations = loadIntegrationSettings(IntegrationsConfig.parse(env))
  const lines = new Map<string, string[]>()
  const linesOf = (service: string): string[] => {
    const known = lines.get(service) ?? []
    lines.set(service, known)
    return known
  }
  await beforeStart?.()
  const cloud = await startLocalCloud({
    projectId,
    hosts,
    integrations,
    env,
    without: withConsole ? without : ['console', ...without],
    sweepIntervalMs: 1500,
    ...(await between?.(system.simulator)),
    onLine: (service, line) => linesOf(service).push(line),
  })
  return {
    simulator: system.simulator,
    client: system.client,
    dataDir: system.dataDir,
    cloud,
    projectId,
    url: cloud.url,
    lines: linesOf,
    running: () => cloud.services.filter((service) => runs(cloud.pidOf(service))),
    cutFromBroker: async () => {
      await cloud.stop('registration')
      await cloud.start('registration', { PUBSUB_EMULATOR_HOST: NOBODY })
    },
    createTopology: (change) =>
      createTopology({
        projectId,
        integrations,
        pushEndpointOf: (name) => `${cloud.urlOf(name === DEAD_LETTER_TOPIC ? 'dead-letter' : name)}/push`,
        ...change,
      }),
    close: async () => {
      await cloud.close()
      await system.close()
    },
  }
}
