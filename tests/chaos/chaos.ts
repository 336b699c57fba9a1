// `npm run chaos`: real processes, a load, and everything that can go wrong at once. See --help.
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { openCloudWorld } from './cloud-world.ts'
import { openEmbeddedWorld } from './embedded-world.ts'
import { summarize, writeReport } from './report.ts'
import { runChaos } from './run-chaos.ts'

const HELP = `npm run chaos -- --minutes 5                    faults for five minutes on the embedded engine, then healing and the check
npm run chaos -- --engine google-cloud          the same on the emulators, every service its own process
npm run chaos -- --seed 42                      the faults of that seed again
npm run chaos -- --rate 10 --patience 15        registrations a second; minutes until everything must have come to its end
npm run chaos -- --report data/chaos-report     where .json and .md are written; a run replaces that of the same engine`

const ENGINES = { embedded: openEmbeddedWorld, 'google-cloud': openCloudWorld }
const isEngine = (name: string): name is keyof typeof ENGINES => Object.hasOwn(ENGINES, name)

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    engine: { type: 'string', default: 'embedded' },
    rate: { type: 'string', default: '10' },
    patience: { type: 'string', default: '15' },
    report: { type: 'string', default: 'data/chaos-report' },
    help: { type: 'boolean' },
  },
})
const numbers = [values.minutes, values.seed, values.rate, values.patience].map(Number)
const [minutes = 0, seed = 0, rate = 0, patience = 0] = numbers
if (values.help || !isEngine(values.engine) || numbers.some((number) => !(number >= 0)) || rate === 0) {
  console.log(HELP)
  process.exit(values.help ? 0 : 2)
}

const world = await ENGINES[values.engine]()
const end = async (code: number) => {
  await world.close()
  process.exit(code)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end(130))
let broken = true
try {
  const result = await runChaos(world, {
    seed,
    forMs: minutes * 60_000,
    perSecond: rate,
    updateShare: 0.2,
    patienceMs: patience * 60_000,
    say: (text) => console.log(text),
  })
  const stats = summarize(values.engine, rate, result)
  broken = Object.values(stats.violations).some((count) => count > 0)
  await mkdir(dirname(values.report), { recursive: true })
  await writeReport(values.report, stats)
  console.log(JSON.stringify(stats, undefined, 2))
  for (const [kind, found] of Object.entries(result.violations)) {
    for (const one of found.slice(0, 20)) console.error(`VIOLATION ${kind}: ${one}`)
  }
  console.log(
    broken
      ? `Promises were broken; the same faults again: npm run chaos -- --engine ${values.engine} --minutes ${minutes} --seed ${seed}`
      : `Every promise was kept (${values.engine}, seed ${seed}); report: ${values.report}.md`,
  )
} finally {
  await end(broken ? 1 : 0)
}
