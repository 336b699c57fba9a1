import { DEAD_LETTER_TOPIC, variablesOf } from '@mensageria/contracts'
import type { IntegrationSettings } from '@mensageria/core'
import { createTopology } from '@mensageria/google-cloud/topology'
import { setTimeout as sleep } from 'node:timers/promises'
import type { EmulatorHosts } from '@mensageria/testkit/emulators'
import { freePort } from '@mensageria/testkit/free-port'
import { startReadyProcess, type ReadyProcess } from '@mensageria/testkit/ready-process'

export type LocalCloudOptions = {
  projectId: string
  hosts: EmulatorHosts
  integrations: readonly Pick<IntegrationSettings, 'name' | 'retry' | 'destination'>[]
  /** For every process: addresses and tokens of the downstreams, clocks, LOG_LEVEL. */
  env: Readonly<Record<string, string>>
  /** For one service: what it has besides, at every start. */
  envOf?: (service: string) => Readonly<Record<string, string>>
  /** Services that are not started; `start` may do it later. */
  without?: readonly string[]
  /** Where a service listens; a free port unless given. */
  ports?: Readonly<Record<string, number>>
  /** How long the scheduler waits between two calls of the sweeper. */
  sweepIntervalMs: number
  onLine?: (service: string, line: string) => void
}

/** Every service as its own process, on emulators. */
export type LocalCloud = {
  /** Where the registration API is. */
  url: string
  services: readonly string[]
  urlOf(service: string): string
  pidOf(service: string): number
  /** Starts a service that was stopped, at the address that it had. `entry` may name another entry point. */
  start(service: string, extra?: Readonly<Record<string, string>>, entry?: string): Promise<void>
  stop(service: string, signal?: NodeJS.Signals): Promise<number | null>
  /** Resolves with the exit code of a service that ends by itself: null where a signal ended it. */
  ended(service: string): Promise<number | null>
  /** Reads nothing of what a service writes, until what is returned is called. */
  ignoreOutput(service: string): () => void
  /** Calls the sweeper once, as the scheduler does; resolves with the status of its answer. */
  sweep(): Promise<number>
  /**
   * Ends every process: at once, or with a signal after which each has 12 s to finish what runs. `null` sends none, where a
   * terminal has sent one to all of them.
   */
  close(signal?: NodeJS.Signals | null): Promise<void>
}

// A process that drains ends within 10 s, or not at all.
const GRACE_MS = 12_000

const entryOf = (service: string): string => `services/${service}/src/main.ts`

// Stands in for Cloud Scheduler: a call, a pause, and nobody minds one that fails.
const startScheduler = (call: () => Promise<number>, intervalMs: number) => {
  const ending = new AbortController()
  const loop = async () => {
    while (!ending.signal.aborted) {
      await call().catch(() => undefined)
      await sleep(intervalMs, undefined, { signal: ending.signal }).catch(() => undefined)
    }
  }
  const done = loop()
  return async () => {
    ending.abort()
    await done
  }
}

/**
 * Starts registration, integrations, dead-letter, sweeper and console as processes of their own, joined by topics and push
 * subscriptions on the emulators, and calls the sweeper as a scheduler would. `close` ends every process.
 */
export const startLocalCloud = async (options: LocalCloudOptions): Promise<LocalCloud> => {
  const { projectId, hosts, integrations, without = [], onLine } = options
  const names = integrations.map(({ name }) => name)
  const all = ['registration', ...names, 'dead-letter', 'sweeper', 'console']
  const services = all.filter((service) => !without.includes(service))
  const ports = new Map<string, number>()
  for (const service of all) ports.set(service, options.ports?.[service] ?? (await freePort()))
  const urlOf = (service: string) => `http://127.0.0.1:${ports.get(service)}`
  const env = {
    ...options.env,
    GOOGLE_CLOUD_PROJECT: projectId,
    FIRESTORE_EMULATOR_HOST: hosts.firestore,
    PUBSUB_EMULATOR_HOST: hosts.pubsub,
    METADATA_SERVER_DETECTION: 'none',
    ...Object.fromEntries(names.map((name) => [variablesOf(name).pushUrl, urlOf(name)])),
  }
  const running = new Map<string, ReadyProcess>()

  // One image for all destinations: which of them a process is says its environment.
  const destinations = new Set(integrations.filter((one) => one.destination).map(({ name }) => name))
  const start: LocalCloud['start'] = async (service, extra = {}, entry) => {
    const isDestination = destinations.has(service)
    const started = await startReadyProcess(
      `exec env NODE_COMPILE_CACHE=node_modules/.cache/compile node ${entry ?? entryOf(isDestination ? 'destination' : service)}`,
      {
        ...env,
        ...(isDestination ? { DESTINATION: service } : {}),
        ...options.envOf?.(service),
        PORT: String(ports.get(service)),
        ...extra,
      },
      (line) => onLine?.(service, line),
    )
    running.set(service, started)
  }
  const stop: LocalCloud['stop'] = async (service, signal) => {
    const code = await running.get(service)?.stop(signal)
    running.delete(service)
    return code ?? null
  }
  const sweep = async () => {
    const answer = await fetch(urlOf('sweeper'), { method: 'POST', signal: AbortSignal.timeout(70_000) })
    await answer.arrayBuffer()
    return answer.status
  }

  const topology = createTopology({
    projectId,
    integrations,
    pushEndpointOf: (name) => `${urlOf(name === DEAD_LETTER_TOPIC ? 'dead-letter' : name)}/push`,
  })
  const started = await Promise.allSettled([topology, ...services.map((service) => start(service))])
  const failed = started.find((result) => result.status === 'rejected')
  const stopAll = (signal: NodeJS.Signals) =>
    Promise.all([...running.keys()].map((service) => stop(service, signal)))
  if (failed) {
    await stopAll('SIGKILL')
    throw failed.reason
  }
  const stopScheduler = startScheduler(sweep, options.sweepIntervalMs)

  return {
    url: urlOf('registration'),
    services,
    urlOf,
    pidOf: (service) => running.get(service)?.pid ?? 0,
    start,
    stop,
    ended: async (service) => (await running.get(service)?.ended) ?? null,
    ignoreOutput: (service) => running.get(service)?.ignoreOutput() ?? (() => undefined),
    sweep,
    close: async (signal = 'SIGKILL') => {
      const late = setTimeout(() => void stopAll('SIGKILL'), GRACE_MS)
      const ended =
        signal === null ? [...running.values()].map((process) => process.ended) : [stopAll(signal)]
      await Promise.all([stopScheduler(), ...ended])
      clearTimeout(late)
    },
  }
}
