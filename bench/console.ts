// `npm run bench:console`: how fast the console's overview is there with 100,000 deliveries stored. Prints one JSON.
import { chromiumPath } from '@mensageria/testkit/chromium'
import { startStandaloneProcess } from '@mensageria/testkit/standalone-process'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium } from 'playwright-core'
import { burst } from './load.ts'
import { quantile, round } from './measure.ts'
import { startSinks } from './sink-process.ts'
import { leadToSinks, SYSTEMS } from './systems.ts'

const CENTERS = Number(process.env['BENCH_CENTERS'] ?? 33_334)
const VISITS = 7

const median = (values: readonly number[]): number => round(quantile(values, 0.5))
const say = (text: string) => process.stderr.write(`${text}\n`)

const sinks = await startSinks()
const dataDir = await mkdtemp(join(tmpdir(), 'mensageria-bench-'))
const env = { DATA_DIR: dataDir, LOG_LEVEL: 'info', ...(await leadToSinks(dataDir, sinks.url)) }
const standalone = await startStandaloneProcess(env)
const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] })

const visit = async () => {
  // A session of its own: nothing is cached.
  const context = await browser.newContext({ locale: 'pt-BR' })
  const page = await context.newPage()
  const startedAt = performance.now()
  await page.goto(`${standalone.url}/console`)
  await page.locator('.card').first().waitFor()
  const cardsMs = performance.now() - startedAt
  const firstPaintMs = await page.evaluate<number>(
    'performance.getEntriesByName("first-contentful-paint")[0].startTime',
  )
  await context.close()
  return { firstPaintMs, cardsMs }
}

try {
  say(`Registering ${CENTERS} centers`)
  await burst(standalone.url, 1, CENTERS, 64)
  while ((await sinks.count()).writes < CENTERS * SYSTEMS.length) await sleep(200)
  while ((await fetch(`${standalone.url}/console`)).status !== 200) await sleep(200)
  await visit()
  say(`${VISITS} visits with an empty cache`)
  const visits = []
  for (let n = 0; n < VISITS; n++) visits.push(await visit())
  console.log(
    JSON.stringify({
      machine: { cpus: availableParallelism(), model: cpus()[0]?.model, load: loadavg().map(round) },
      deliveries: CENTERS * SYSTEMS.length,
      firstPaintMedianMs: median(visits.map(({ firstPaintMs }) => firstPaintMs)),
      cardsMedianMs: median(visits.map(({ cardsMs }) => cardsMs)),
      visits: visits.map(({ firstPaintMs, cardsMs }) => [round(firstPaintMs), round(cardsMs)]),
    }),
  )
} finally {
  await browser.close()
  await standalone.stop('SIGKILL')
  sinks.close()
  await rm(dataDir, { recursive: true, force: true })
}
