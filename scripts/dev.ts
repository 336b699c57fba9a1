// `npm run dev`: every service as its own process on the official emulators, as in production. See --help.
import { openDataFolder, startLocalCloud, type DataFolder, type LocalCloud } from '@mensageria/local-cloud'
import { startSimulated } from '@mensageria/standalone'
import { startEmulators } from '@mensageria/testkit/emulators'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { readEnvironment, readOptions } from './dev/config.ts'
import { HELP } from './dev/help.ts'
import { obey } from './dev/obey.ts'
import { createScreen } from './dev/screen.ts'

const PROJECT = 'mensageria-local'

const { print, say } = await createScreen(process.stdout)

// In reverse order; each is told how the end was asked for.
type Ending = (signal: 'SIGINT' | 'SIGTERM') => Promise<void> | void
const endings: Ending[] = []
let ended: Promise<boolean> | undefined
const runEndings = async (signal: 'SIGINT' | 'SIGTERM'): Promise<boolean> => {
  let isClean = true
  for (const ending of endings.splice(0).toReversed()) {
    try {
      await ending(signal)
    } catch (error) {
      isClean = false
      say(error instanceof Error ? error.message : String(error))
    }
  }
  return isClean
}
const end = (signal: 'SIGINT' | 'SIGTERM'): Promise<boolean> => (ended ??= runEndings(signal))
// A start that is interrupted goes no further: its endings run already.
const unlessEnded = async <T>(step: Promise<T>): Promise<T> => {
  const value = await step
  return ended ? new Promise<never>(() => {}) : value
}

// Looked at first: the emulators take their time.
const requireFree = async (port: number): Promise<void> => {
  const server = createServer()
  server.listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch {
    throw new Error(`Port ${port} on 127.0.0.1 is in use: stop that program, or set PORT to another one`)
  }
  server.close()
  await once(server, 'close')
}

const openData = async (path: string): Promise<DataFolder> => {
  const data = await openDataFolder(path)
  endings.push(() => data.close())
  return data
}

const createSave = (data: DataFolder, firestore: string) => async (): Promise<void> => {
  say(`Saving to ${data.dir} (30 s at most) ...`)
  try {
    await data.save(firestore, PROJECT)
  } catch (cause) {
    throw new Error(`Not saved (${String(cause)}). ${data.dir} has what was saved before`, { cause })
  }
  say('Saved.')
}

const explain = (
  cloud: LocalCloud,
  hosts: { firestore: string; pubsub: string },
  simulated?: { url: string; names: readonly string[] },
) => {
  const consoleUrl = cloud.urlOf('console')
  say(`\nMensageria is up: ${cloud.url}, API reference: ${cloud.url}/reference`)
  say(`Console: ${consoleUrl}/console, operations API: ${consoleUrl}/reference`)
  say('For the mensageria command, in another terminal:')
  say(
    `  export MENSAGERIA_URL=${cloud.url} MENSAGERIA_CONSOLE_URL=${consoleUrl} GOOGLE_CLOUD_PROJECT=${PROJECT} ` +
      `FIRESTORE_EMULATOR_HOST=${hosts.firestore} PUBSUB_EMULATOR_HOST=${hosts.pubsub}`,
  )
  if (simulated) {
    say(`Simulated systems: ${simulated.url}/simulator/summary; take one down with`)
    say(
      `  curl -X PUT ${simulated.url}/simulator/dials/${simulated.names.at(-1)} -H 'content-type: application/json' -d '{"mode":"down"}'`,
    )
  }
  say(
    `Services: ${cloud.services.join(', ')}. Type "help" for what you can do here; Ctrl-C ends all of it.\n`,
  )
}

const start = async ({ data: path }: { data?: string }) => {
  const { port, sweepIntervalMs, integrations, env } = readEnvironment(process.env)
  await requireFree(port)
  const data = path === undefined ? undefined : await unlessEnded(openData(path))
  say('Starting the Pub/Sub and Firestore emulators (about 5 s) ...')
  const starting = startEmulators()
  endings.push(async () => (await starting).stop())
  const { hosts } = await unlessEnded(starting)
  Object.assign(process.env, {
    FIRESTORE_EMULATOR_HOST: hosts.firestore,
    PUBSUB_EMULATOR_HOST: hosts.pubsub,
    METADATA_SERVER_DETECTION: 'none',
  })
  if (data?.savedAt !== undefined) say(`Loading what was saved in ${data.dir} on ${data.savedAt} ...`)
  if (data) await unlessEnded(data.load(hosts.firestore, PROJECT))
  const save = data && createSave(data, hosts.firestore)
  const simulated = await unlessEnded(startSimulated(integrations, env))
  endings.push(() => simulated?.close())
  say('Starting the services ...')
  const opening = startLocalCloud({
    projectId: PROJECT,
    hosts,
    integrations,
    env: { ...env, ...simulated?.env },
    ports: port === 0 ? {} : { registration: port },
    sweepIntervalMs,
    onLine: print,
  })
  // Only what was loaded, or begun empty, is saved: a start that failed leaves the folder as it is.
  endings.push(async (signal) => {
    const cloud = await opening.catch(() => undefined)
    if (!cloud) return
    say('Ending the services ...')
    // A terminal sends its Ctrl-C to all of them; a second signal would cut short what they finish.
    await cloud.close(signal === 'SIGINT' && process.stdin.isTTY ? null : signal)
    await save?.()
  })
  const cloud = await unlessEnded(opening)
  explain(cloud, hosts, simulated)
  return { cloud, save, say }
}

const exitOn = (signal: 'SIGINT' | 'SIGTERM', code: number) =>
  process.once(signal, () => void end(signal).then((isClean) => process.exit(isClean ? code : 1)))

try {
  const options = readOptions(process.argv.slice(2))
  if (options.help) {
    console.log(HELP)
    process.exit(0)
  }
  exitOn('SIGINT', 130)
  exitOn('SIGTERM', 0)
  const running = await start(options)
  for await (const command of createInterface({ input: process.stdin })) {
    await obey(running, command).catch((error: unknown) => say(String(error)))
  }
  // Without a terminal there is nobody to type: it stays up until a signal.
  await new Promise(() => {})
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  await end('SIGTERM')
  process.exit(1)
}
