// `npm run demo`: the whole story on one machine in under a minute. See --help.
import { startSimulator } from '@mensageria/simulator'
import type { StandaloneProcess } from '@mensageria/testkit/standalone-process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createScreen, silentScreen } from './demo/screen.ts'
import { tellStory, type Summary } from './demo/story.ts'

const HELP = `npm run demo             tells the story and ends
npm run demo -- --json   prints its figures as one line of JSON
npm run demo -- --keep   stays up afterwards, with the API reference, until Ctrl-C`

const { values } = parseArgs({
  options: { json: { type: 'boolean' }, keep: { type: 'boolean' }, help: { type: 'boolean' } },
})
if (values.help) {
  console.log(HELP)
  process.exit(0)
}

const screen = values.json ? silentScreen : createScreen(process.stdout)
const dataDir = await mkdtemp(join(tmpdir(), 'mensageria-demo-'))
const simulator = await startSimulator()
let current: StandaloneProcess | undefined

const show = ({ systems, centers, deliveries, delivered, lost, duplicates, seconds }: Summary) => {
  const rows = systems.map((row) =>
    [row.system, centers, row.delivered, row.effects, row.duplicates, row.lost].map(String),
  )
  screen.chapter('The end, counted at the three systems themselves:', '')
  screen.table(['system', 'centres', 'delivered', 'effects', 'twice', 'lost'], rows)
  screen.say('')
  screen.say(
    `${delivered} of ${deliveries} deliveries arrived, ${lost} lost, ${duplicates} twice, in ${seconds} s.`,
  )
}

const end = async () => {
  await current?.stop('SIGTERM')
  await simulator.close()
  await rm(dataDir, { recursive: true, force: true })
}

process.once('SIGINT', () => void end().then(() => process.exit(130)))
try {
  screen.say(
    'Mensageria: a centre is registered once, and reaches every system, however long one of them is away.',
  )
  const summary = await tellStory({
    screen,
    simulator,
    env: {
      DATA_DIR: dataDir,
      LOG_LEVEL: 'info',
      SENNINHA_URL: simulator.urls.senninha,
      SENNINHA_TOKEN: simulator.tokens.senninha,
      MAAS_URL: simulator.urls.maas,
      MAAS_TOKEN: simulator.tokens.maas,
      DMITRI_URL: simulator.urls.dmitri,
      DMITRI_TOKEN: simulator.tokens.dmitri,
      RETRY_MIN_BACKOFF: '500ms',
      RETRY_MAX_BACKOFF: '2s',
      MAX_DELIVERY_ATTEMPTS: '5',
      RECOVERY_MIN_INTERVAL: '1s',
      RECOVERY_MAX_INTERVAL: '4s',
      SWEEP_INTERVAL: '500ms',
    },
    onStart: (process) => {
      current = process
    },
  })
  show(summary)
  if (values.json) console.log(JSON.stringify(summary))
  if (summary.lost + summary.duplicates > 0 || summary.delivered !== summary.deliveries) process.exitCode = 1
  if (values.keep && current) {
    screen.say(
      `It stays up at ${current.url} (API reference: ${current.url}/reference) until you press Ctrl-C.`,
    )
    screen.say(`The simulated systems: ${simulator.url}/simulator/summary`)
    await current.ended
  }
} finally {
  await end()
}
