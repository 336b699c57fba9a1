// `npm run bench:quota`: a backlog into a system that takes 10 calls a second and answers 429 above that: by pushes, after an
// outage, and by a redrive; with and without Retry-After. Prints one JSON.
import { startStandaloneProcess } from '@mensageria/testkit/standalone-process'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { burst } from './load.ts'
import { round } from './measure.ts'
import { startSinks, type Sinks } from './sink-process.ts'
import { leadToSinks } from './systems.ts'

const CENTERS = Number(process.argv[2] ?? 600)
const PER_SECOND = 10
const SYSTEM = 'maas'
const DRIVERS = ['push', 'recovery', 'redrive'] as const
type Driver = (typeof DRIVERS)[number]

const say = (text: string) => process.stderr.write(`${text}\n`)

const until = async (what: string, isSo: () => Promise<boolean>): Promise<void> => {
  for (let turn = 0; turn < 3_000; turn++) {
    if (await isSo()) return
    await sleep(100)
  }
  throw new Error(`${what}: not within 5 minutes`)
}

const start = async (sinks: Sinks, driver: Driver) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'mensageria-quota-'))
  // After an outage the broker has given up: it does so at once.
  const away = { min_backoff_seconds: 0, max_backoff_seconds: 0, max_delivery_attempts: 5 }
  const rows = { [SYSTEM]: driver === 'recovery' ? away : {} }
  const mensageria = await startStandaloneProcess({
    DATA_DIR: dataDir,
    ...(await leadToSinks(dataDir, sinks.url, rows)),
  })
  return {
    url: mensageria.url,
    stop: async () => {
      await mensageria.stop('SIGKILL')
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

const countsOf = async (url: string): Promise<Record<string, number>> => {
  const shown: { counts: Record<string, number> } = JSON.parse(
    await (await fetch(`${url}/v1/integrations/${SYSTEM}`)).text(),
  )
  return shown.counts
}

const redrive = async (url: string): Promise<void> => {
  const body = JSON.stringify({
    filter: { integration: SYSTEM, states: ['rejected'] },
    reason: 'The system takes it now',
  })
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${url}/v1/redrives`, { method: 'POST', headers, body })
  if (!answer.ok) throw new Error(`The redrive was answered ${answer.status}: ${await answer.text()}`)
}

const measure = async (driver: Driver, retryAfter: string | undefined) => {
  const sinks = await startSinks()
  const mensageria = await start(sinks, driver)
  const { url } = mensageria
  const quota = { system: SYSTEM, perSecond: PER_SECOND, retryAfter }
  try {
    const [mode, state] =
      driver === 'recovery' ? [{ down: [SYSTEM] }, 'parked'] : [{ refusing: [SYSTEM] }, 'rejected']
    await sinks.setMode(driver === 'push' ? { quota } : mode)
    let begunAt = Date.now()
    await burst(url, 1, CENTERS, 32)
    if (driver !== 'push') {
      await until(`Everything ${state}`, async () => (await countsOf(url))[state] === CENTERS)
      await sinks.setMode({ quota })
      begunAt = Date.now()
      if (driver === 'redrive') await redrive(url)
    }
    await until('Everything delivered', async () => (await countsOf(url))['delivered'] === CENTERS)
    const { lastAt, counted, refused, duplicates } = await sinks.count()
    const seconds = (lastAt - begunAt) / 1000
    const result = {
      driver,
      retryAfter: retryAfter ?? 'none',
      seconds: round(seconds),
      timesIdeal: round(seconds / (CENTERS / PER_SECOND)),
      callsPerDelivery: round(counted / CENTERS),
      refused,
      duplicates,
    }
    say(JSON.stringify(result))
    return result
  } finally {
    await mensageria.stop()
    sinks.close()
  }
}

const results = []
for (const driver of DRIVERS)
  for (const retryAfter of ['1', undefined]) results.push(await measure(driver, retryAfter))
console.log(
  JSON.stringify({
    machine: { cpus: availableParallelism(), model: cpus()[0]?.model, node: process.version },
    centers: CENTERS,
    perSecond: PER_SECOND,
    results,
  }),
)
