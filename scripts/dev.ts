// `npm run dev`: every service as its own process on the official emulators, as in production. See --help.
import { createPrettyLine, IntegrationsConfig, loadIntegrationSettings } from '@mensageria/runtime'
import { startEmulators } from '@mensageria/testkit/emulators'
import { listedSystems, startListedSimulator } from '@mensageria/simulator/listed'
import { startLocalCloud, type LocalCloud } from '@mensageria/local-cloud'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { parseArgs, styleText } from 'node:util'

const HELP = `npm run dev    starts the emulators, the topology, the simulated systems and every service, until Ctrl-C

While it runs, type:
  restart NAME   ends one service (SIGTERM) and starts it again; the others go on
  kill NAME      ends it as a crash would (SIGKILL), and leaves it away
  start NAME     brings it back
  help           says this again

PORT (8080) is where the registration API listens. RETRY_MIN_BACKOFF, RETRY_MAX_BACKOFF, MAX_DELIVERY_ATTEMPTS,
RECOVERY_MIN_INTERVAL, RECOVERY_MAX_INTERVAL, SWEEP_BUDGET and STATS_INTERVAL shorten the clocks.`

const { values } = parseArgs({ options: { help: { type: 'boolean' } } })
if (values.help) {
  console.log(HELP)
  process.exit(0)
}

const COLORS = ['cyan', 'green', 'yellow', 'magenta', 'blue', 'red'] as const
const colorize = process.stdout.isTTY
const pretty = await createPrettyLine(colorize)
const seen: string[] = []
const print = (service: string, line: string) => {
  if (!seen.includes(service)) seen.push(service)
  const name = service.padEnd(12)
  const color = COLORS[seen.indexOf(service) % COLORS.length] ?? 'cyan'
  console.log(`${colorize ? styleText(color, name) : name} ${pretty(line)}`)
}
const say = (text: string) => console.log(colorize ? styleText('bold', text) : text)

// Clocks for somebody who watches: production's are minutes and hours.
const CLOCKS = {
  RETRY_MIN_BACKOFF: '1s',
  RETRY_MAX_BACKOFF: '10s',
  MAX_DELIVERY_ATTEMPTS: '5',
  RECOVERY_MIN_INTERVAL: '2s',
  RECOVERY_MAX_INTERVAL: '30s',
  SWEEP_BUDGET: '5s',
  STATS_INTERVAL: '5s',
}

const PROJECT = 'mensageria-local'

const endings: (() => Promise<void>)[] = []
const end = async (): Promise<void> => {
  for (const ending of endings.splice(0).toReversed()) await ending()
}

// Looked at first: the emulators take their time.
const checkedPort = async (): Promise<number> => {
  const port = Number(process.env['PORT'] ?? 8080)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error('PORT must be a number from 1 to 65535')
  const server = createServer()
  server.listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch {
    throw new Error(`Port ${port} on 127.0.0.1 is in use: stop that program, or set PORT to another one`)
  }
  server.close()
  await once(server, 'close')
  return port
}

const start = async (): Promise<LocalCloud> => {
  const port = await checkedPort()
  say('Starting the Pub/Sub and Firestore emulators (about 5 s) ...')
  const emulators = await startEmulators()
  endings.push(() => emulators.stop())
  const { firestore, pubsub } = emulators.hosts
  Object.assign(process.env, { FIRESTORE_EMULATOR_HOST: firestore, PUBSUB_EMULATOR_HOST: pubsub })
  process.env['METADATA_SERVER_DETECTION'] = 'none'
  const simulator = await startListedSimulator(listedSystems(process.env))
  endings.push(() => simulator.close())
  const env: Record<string, string> = {
    RATE_LIMIT: 'off',
    SIMULATE: '1',
    ...simulator.env,
    ...Object.fromEntries(Object.entries(CLOCKS).map(([name, value]) => [name, process.env[name] ?? value])),
  }
  say('Starting the services ...')
  const cloud = await startLocalCloud({
    projectId: PROJECT,
    hosts: emulators.hosts,
    integrations: loadIntegrationSettings(IntegrationsConfig.parse(env)),
    env,
    ports: { registration: port },
    sweepIntervalMs: 1_000,
    onLine: print,
  })
  endings.push(() => cloud.close())
  const consoleUrl = cloud.urlOf('console')
  say(`\nMensageria is up: ${cloud.url}, API reference: ${cloud.url}/reference`)
  say(`Console: ${consoleUrl}/console, operations API: ${consoleUrl}/reference`)
  say('For the mensageria command, in another terminal:')
  say(
    `  export MENSAGERIA_URL=${cloud.url} MENSAGERIA_CONSOLE_URL=${consoleUrl} GOOGLE_CLOUD_PROJECT=${PROJECT} ` +
      `FIRESTORE_EMULATOR_HOST=${firestore} PUBSUB_EMULATOR_HOST=${pubsub}`,
  )
  say(`Simulated systems: ${simulator.url}/simulator/summary; take one down with`)
  say(
    `  curl -X PUT ${simulator.url}/simulator/dials/${simulator.names.at(-1)} -H 'content-type: application/json' -d '{"mode":"down"}'`,
  )
  say(
    `Services: ${cloud.services.join(', ')}. Type "help" for what you can do here; Ctrl-C ends all of it.\n`,
  )
  return cloud
}

const obey = async (cloud: LocalCloud, command: string): Promise<void> => {
  const [verb = '', service = ''] = command.trim().split(/\s+/)
  if (verb === '') return
  if (verb === 'help') return say(HELP)
  if (!cloud.services.includes(service))
    return say(`Say restart, kill or start, and one of ${cloud.services.join(', ')}`)
  if (!['restart', 'kill', 'start'].includes(verb)) return say('Say restart, kill, start or help')
  const isRunning = cloud.pidOf(service) !== 0
  if (verb === 'start' && isRunning) return say(`${service} is running already`)
  if (verb === 'kill' && !isRunning) return say(`${service} is not running`)
  if (verb === 'restart' || verb === 'kill')
    await cloud.stop(service, verb === 'kill' ? 'SIGKILL' : 'SIGTERM')
  if (verb === 'restart' || verb === 'start') await cloud.start(service)
  say(`${verb} ${service}: done`)
}

process.once('SIGINT', () => void end().then(() => process.exit(130)))
process.once('SIGTERM', () => void end().then(() => process.exit(0)))
try {
  const cloud = await start()
  for await (const command of createInterface({ input: process.stdin })) {
    await obey(cloud, command).catch((error: unknown) => say(String(error)))
  }
  // Without a terminal there is nobody to type: it stays up until a signal.
  await new Promise(() => {})
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  await end()
  process.exit(1)
}
