import { emulatorsOfEnvironment, type EmulatorHosts } from './emulators-of-environment.ts'
import { askKeeper } from './keeper/ask-keeper.ts'
import { startEmulator, type Emulator } from './start-emulator.ts'

export type { EmulatorHosts } from './emulators-of-environment.ts'

/** Running emulators; `stop` ends every process of theirs. */
export type Emulators = { hosts: EmulatorHosts; stop: () => Promise<void> }

const COMMANDS = {
  firestore: ['emulators', 'firestore', 'start'],
  pubsub: ['beta', 'emulators', 'pubsub', 'start', '--project=mensageria-test'],
} as const

/** Starts one emulator on a free port, or on `port` where a test brings one back. */
export const startGcloudEmulator = (kind: keyof EmulatorHosts, port?: number): Promise<Emulator> =>
  startEmulator(['gcloud', ...COMMANDS[kind]], port)

/** The emulators that the environment names, which are left alone; otherwise starts both on free ports. */
export const startEmulators = async (): Promise<Emulators> => {
  const given = emulatorsOfEnvironment()
  if (given) return { hosts: given, stop: () => Promise.resolve() }
  const started = await Promise.allSettled([startGcloudEmulator('firestore'), startGcloudEmulator('pubsub')])
  const running = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  const stop = async () => {
    await Promise.all(running.map((emulator) => emulator.stop()))
  }
  const [firestore, pubsub] = running
  if (!firestore || !pubsub || running.length < started.length) {
    await stop()
    const failed = started.find((result) => result.status === 'rejected')
    throw failed?.reason ?? new Error('The emulators did not start')
  }
  return { hosts: { firestore: firestore.host, pubsub: pubsub.host }, stop }
}

/**
 * The emulators of this test run, started when the first test file asks. Sets the variables that the client libraries read,
 * in this process. Data is apart by project id: take a new one for each test.
 */
export const useEmulators = async (): Promise<EmulatorHosts> => {
  const { firestore, pubsub } = await askKeeper('emulators')
  process.env['FIRESTORE_EMULATOR_HOST'] = firestore
  process.env['PUBSUB_EMULATOR_HOST'] = pubsub
  // Emulators ask for no credentials; the clients look for them on the network all the same, for seconds.
  process.env['METADATA_SERVER_DETECTION'] = 'none'
  return { firestore, pubsub }
}
