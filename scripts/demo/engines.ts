import { IntegrationsConfig, loadIntegrationSettings } from '@mensageria/runtime'
import type { Simulator } from '@mensageria/simulator'
import { startEmulators } from '@mensageria/testkit/emulators'
import { startLocalCloud } from '@mensageria/local-cloud'
import { startStandaloneProcess } from '@mensageria/testkit/standalone-process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Portal } from './portal.ts'

/** What an engine delivers to: the systems that the simulator plays, and the portal. */
export type Downstreams = { simulator: Simulator; portal: Portal }

/** A running Mensageria that the story is told with. `crash` is a power cut: every process of it, killed and started again. */
export type Engine = {
  url: string
  /** Everything that gets each center, in the order of the list. */
  systems: readonly string[]
  crash(): Promise<void>
  close(): Promise<void>
  /** Centers in each chapter. */
  centersAChapter: number
  /** How long the attempts take to be used up here, in words. */
  attemptsLast: string
  /** What a power cut kills, in words. */
  powerCut: string
}

// Short clocks, and the word that the addresses are those of a simulator.
const CLOCKS = {
  LOG_LEVEL: 'info',
  SIMULATE: '1',
  RETRY_MIN_BACKOFF: '500ms',
  RETRY_MAX_BACKOFF: '2s',
  MAX_DELIVERY_ATTEMPTS: '5',
  RECOVERY_MIN_INTERVAL: '1s',
  RECOVERY_MAX_INTERVAL: '4s',
}

// The integrations by code of the list, and the portal. Other destinations are real: a demo sends them nothing.
const openList = async ({ simulator, portal }: Downstreams) => {
  const systems = [...simulator.names, portal.name]
  const dir = await mkdtemp(join(tmpdir(), 'mensageria-demo-'))
  const file = join(dir, 'integrations.json')
  const rows = Object.fromEntries(simulator.names.map((name): [string, object] => [name, {}]))
  await writeFile(file, JSON.stringify({ integrations: { ...rows, [portal.name]: portal.row } }))
  const env = { ...CLOCKS, ...simulator.env, ...portal.env, INTEGRATIONS_FILE: file }
  return { dir, env, systems, close: () => rm(dir, { recursive: true, force: true }) }
}

/** The standalone: one process, one SQLite file. */
export const openEmbeddedEngine = async (downstreams: Downstreams): Promise<Engine> => {
  const list = await openList(downstreams)
  const env = { ...list.env, DATA_DIR: join(list.dir, 'data'), SWEEP_INTERVAL: '500ms' }
  let standalone = await startStandaloneProcess(env)
  const { url } = standalone
  return {
    url,
    systems: list.systems,
    centersAChapter: 12,
    attemptsLast: 'seconds',
    powerCut: 'Mensageria is killed in the middle of its work (kill -9) and started again.',
    crash: async () => {
      await standalone.stop('SIGKILL')
      standalone = await startStandaloneProcess({ ...env, PORT: new URL(url).port })
    },
    close: async () => {
      await standalone.stop('SIGTERM')
      await list.close()
    },
  }
}

/** Every service as its own process, on the Pub/Sub and Firestore emulators. */
export const openGoogleCloudEngine = async (downstreams: Downstreams): Promise<Engine> => {
  const emulators = await startEmulators()
  const { firestore, pubsub } = emulators.hosts
  Object.assign(process.env, { FIRESTORE_EMULATOR_HOST: firestore, PUBSUB_EMULATOR_HOST: pubsub })
  process.env['METADATA_SERVER_DETECTION'] = 'none'
  const list = await openList(downstreams)
  const env = { ...list.env, SWEEP_BUDGET: '3s', RATE_LIMIT: 'off' }
  const cloud = await startLocalCloud({
    projectId: 'mensageria-demo',
    hosts: emulators.hosts,
    integrations: loadIntegrationSettings(IntegrationsConfig.parse(env)),
    env,
    sweepIntervalMs: 500,
  }).catch(async (error: unknown) => {
    await emulators.stop()
    await list.close()
    throw error
  })
  return {
    url: cloud.url,
    systems: list.systems,
    // A push subscription slows down while its endpoint refuses: few centers show the same sooner.
    centersAChapter: 4,
    attemptsLast:
      'about a minute and a half, in which nothing is to be seen: the emulator slows down what is refused',
    powerCut: `All ${cloud.services.length} services are killed in the middle of their work (kill -9) and started again.`,
    crash: async () => {
      await Promise.all(cloud.services.map((service) => cloud.stop(service, 'SIGKILL')))
      await Promise.all(cloud.services.map((service) => cloud.start(service)))
    },
    close: async () => {
      await cloud.close()
      await emulators.stop()
      await list.close()
    },
  }
}
