import { IntegrationsConfig, loadIntegrationSettings } from '@mensageria/runtime'
import type { Simulator } from '@mensageria/simulator'
import { startEmulators } from '@mensageria/testkit/emulators'
import { startLocalCloud } from '@mensageria/local-cloud'
import { startStandaloneProcess } from '@mensageria/testkit/standalone-process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A running Mensageria that the story is told with. `crash` is a power cut: every process of it, killed and started again. */
export type Engine = {
  url: string
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

/** The standalone: one process, one SQLite file. */
export const openEmbeddedEngine = async (simulator: Simulator): Promise<Engine> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'mensageria-demo-'))
  const env = { ...CLOCKS, ...simulator.env, DATA_DIR: dataDir, SWEEP_INTERVAL: '500ms' }
  let standalone = await startStandaloneProcess(env)
  const { url } = standalone
  return {
    url,
    centersAChapter: 12,
    attemptsLast: 'seconds',
    powerCut: 'Mensageria is killed in the middle of its work (kill -9) and started again.',
    crash: async () => {
      await standalone.stop('SIGKILL')
      standalone = await startStandaloneProcess({ ...env, PORT: new URL(url).port })
    },
    close: async () => {
      await standalone.stop('SIGTERM')
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Every service as its own process, on the Pub/Sub and Firestore emulators. */
export const openGoogleCloudEngine = async (simulator: Simulator): Promise<Engine> => {
  const emulators = await startEmulators()
  const { firestore, pubsub } = emulators.hosts
  Object.assign(process.env, { FIRESTORE_EMULATOR_HOST: firestore, PUBSUB_EMULATOR_HOST: pubsub })
  process.env['METADATA_SERVER_DETECTION'] = 'none'
  const env = { ...CLOCKS, ...simulator.env, SWEEP_BUDGET: '3s', RATE_LIMIT: 'off' }
  const cloud = await startLocalCloud({
    projectId: 'mensageria-demo',
    hosts: emulators.hosts,
    integrations: loadIntegrationSettings(IntegrationsConfig.parse(env)),
    env,
    sweepIntervalMs: 500,
  }).catch(async (error: unknown) => {
    await emulators.stop()
    throw error
  })
  return {
    url: cloud.url,
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
    },
  }
}
