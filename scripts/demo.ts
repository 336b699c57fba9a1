// `npm run demo`: the whole story on one machine in under a minute. See --help.
import { listedSystems, startListedSimulator } from '@mensageria/simulator/listed'
import { parseArgs } from 'node:util'
import { openEmbeddedEngine, openGoogleCloudEngine, type Engine } from './demo/engines.ts'
import { startPortal } from './demo/portal.ts'
import { createScreen, silentScreen } from './demo/screen.ts'
import { AWAY, tellStory, type Summary } from './demo/story.ts'

const HELP = `npm run demo                             tells the story and ends
npm run demo -- --engine google-cloud    the same on the Pub/Sub and Firestore emulators, every service its own process
npm run demo -- --json                   prints its stats as one line of JSON
npm run demo -- --keep                   stays up afterwards, with the API reference, until Ctrl-C`

const ENGINES = { embedded: openEmbeddedEngine, 'google-cloud': openGoogleCloudEngine }
const isEngine = (name: string): name is keyof typeof ENGINES => Object.hasOwn(ENGINES, name)

const refuse = (reason: string): never => {
  console.error(`${reason}\n\n${HELP}`)
  process.exit(2)
}
const parse = () => {
  try {
    return parseArgs({
      options: {
        engine: { type: 'string', default: 'embedded' },
        json: { type: 'boolean' },
        keep: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error))
  }
}
const values = parse()
if (values.help) {
  console.log(HELP)
  process.exit(0)
}
const engineName = isEngine(values.engine)
  ? values.engine
  : refuse(`--engine is embedded or google-cloud, not ${values.engine}`)

const listed = listedSystems()
if (!listed.includes(AWAY)) {
  console.error(
    `The demo cannot show its story: it takes ${AWAY} down, which is no integration by code of the list (${listed.join(', ') || 'it has none'}). npm start runs what the list has.`,
  )
  process.exit(1)
}
const screen = values.json ? silentScreen : createScreen(process.stdout)
const simulator = await startListedSimulator()
const portal = await startPortal()
let engine: Engine | undefined

const show = ({ systems, centers, deliveries, delivered, lost, duplicates, seconds }: Summary) => {
  const rows = systems.map((row) =>
    [row.system, centers, row.delivered, row.effects, row.duplicates, row.lost].map(String),
  )
  screen.chapter('The end, counted at the systems themselves:', '')
  screen.table(['system', 'centers', 'delivered', 'effects', 'twice', 'lost'], rows)
  screen.say('')
  screen.say(
    `${delivered} of ${deliveries} deliveries arrived, ${lost} lost, ${duplicates} twice, in ${seconds} s.`,
  )
}

const end = async () => {
  await engine?.close()
  await simulator.close()
  await portal.close()
}
const interrupted = new Promise<undefined>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(undefined))
})

try {
  screen.say(
    'Mensageria: a center is registered once, and reaches every system, however long one of them is away.',
  )
  if (engineName === 'google-cloud') screen.say('Starting the emulators and every service (about 15 s) ...')
  engine = await ENGINES[engineName]({ simulator, portal })
  const summary = await Promise.race([tellStory({ screen, simulator, portal, engine }), interrupted])
  if (!summary) {
    screen.say('Stopped.')
    process.exitCode = 130
  } else {
    show(summary)
    if (values.json) console.log(JSON.stringify(summary))
    if (summary.lost + summary.duplicates > 0 || summary.delivered !== summary.deliveries)
      process.exitCode = 1
    if (values.keep) {
      screen.say(
        `It stays up at ${engine.url} (API reference: ${engine.url}/reference) until you press Ctrl-C.`,
      )
      screen.say(`The simulated systems: ${simulator.url}/simulator/summary; take one down with`)
      screen.say(
        `curl -X PUT ${simulator.url}/simulator/dials/${simulator.names[0]} -H 'content-type: application/json' -d '{"mode":"down"}'`,
      )
      await interrupted
    }
  }
} catch (error) {
  // An emulator that is missing says what to install; of a defect the stack is wanted too.
  const isOfUsers = error instanceof Error && /gcloud|emulator/i.test(error.message)
  console.error(isOfUsers ? error.message : error)
  process.exitCode = 1
} finally {
  await end()
}
// What the story still waited for must not keep an interrupted demo alive.
process.exit()
