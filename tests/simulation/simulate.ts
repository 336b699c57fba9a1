// `npm run simulate`: the whole core in virtual time, a seed a run. See --help.
import { parseArgs } from 'node:util'
import { runSeed } from './run-seed.ts'
import { SABOTAGES } from './sabotage.ts'

const HELP = `npm run simulate -- --seeds 10000          runs seeds 1 to 10000 and prints one line of JSON
npm run simulate -- --seeds 1000 --from 5  begins with seed 5
npm run simulate -- --seed 42              runs seed 42 alone and prints what it found`

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    sabotage: { type: 'string', default: 'none' },
    help: { type: 'boolean' },
  },
})
if (values.help) {
  console.log(HELP)
  process.exit(0)
}

const sabotage = SABOTAGES.find((name) => name === values.sabotage)
if (!sabotage) {
  console.error(`--sabotage is one of ${SABOTAGES.join(', ')}`)
  process.exit(2)
}

if (values.seed !== undefined) {
  const result = await runSeed(Number(values.seed), sabotage)
  console.log(JSON.stringify(result, undefined, 2))
  process.exit(result.findings.length === 0 ? 0 : 1)
}

const from = Number(values.from)
const seeds = Number(values.seeds)
const startedAt = performance.now()
const totals = { calls: 0, effects: 0, slowestMinutes: 0 }
const broken: { seed: number; findings: string[] }[] = []
for (let seed = from; seed < from + seeds && broken.length < 5; seed++) {
  const { findings, calls, effects, healedMinutes } = await runSeed(seed, sabotage)
  totals.calls += calls
  totals.effects += effects
  totals.slowestMinutes = Math.max(totals.slowestMinutes, healedMinutes)
  if (findings.length === 0) continue
  broken.push({ seed, findings })
  console.error(
    `Seed ${seed} broke a promise; again: npm run simulate -- --seed ${seed}\n  ${findings.join('\n  ')}`,
  )
}
console.log(
  JSON.stringify({
    seeds,
    from,
    ...totals,
    broken,
    seconds: Math.round((performance.now() - startedAt) / 100) / 10,
  }),
)
process.exit(broken.length === 0 ? 0 : 1)
