// `npm run bench:parked`: ten thousand parked deliveries come back while others register. Prints one JSON.
import { startStandaloneProcess } from '@mensageria/testkit/standalone-process'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { burst, steady, type Accepted } from './load.ts'
import { quantile, round } from './measure.ts'
import { startSinks } from './sink-process.ts'
import { leadToSinks } from './systems.ts'
import type { SinkReport } from './sinks.ts'

const PARKED = 10_000
const PER_SECOND = 50
// As long as the backlog takes at its rate. The calm is measured half before and half after it, so that a machine that gets
// busier or quieter meanwhile does not look like an effect.
const RECOVERY_SECONDS = 40
const CALM_SECONDS = RECOVERY_SECONDS / 2
const WARM_UP_SECONDS = 10
const HEALTHY = ['senninha', 'maas']

// The broker gives up at once: what is measured begins when everything is parked.
const POLICY = { min_backoff_seconds: 0, max_backoff_seconds: 0, max_delivery_attempts: 5 }
const RECOVERY = { recovery_rate_per_second: 250, recovery_window_max: 500 }

const say = (text: string) => process.stderr.write(`${text}\n`)

const until = async (what: string, isSo: () => Promise<boolean>): Promise<void> => {
  for (let turn = 0; turn < 1500; turn++) {
    if (await isSo()) return
    await sleep(200)
  }
  throw new Error(`${what}: not within 5 minutes`)
}

const p95 = (values: readonly number[]) => round(quantile(values, 0.95))

const figuresOf = (accepted: readonly Accepted[], { arrivals }: SinkReport) => {
  const delivered = accepted.flatMap(({ centerId, sentAt }) =>
    HEALTHY.flatMap((system) => {
      const at = arrivals[`${centerId}:1:${system}`]
      return at === undefined ? [] : [at - sentAt]
    }),
  )
  return { acceptP95Ms: p95(accepted.map(({ latencyMs }) => latencyMs)), deliveredP95Ms: p95(delivered) }
}

const sinks = await startSinks()
const dataDir = await mkdtemp(join(tmpdir(), 'mensageria-parked-'))
const env = {
  ...(await leadToSinks(dataDir, sinks.url, { dmitri: { ...POLICY, ...RECOVERY } })),
  DATA_DIR: dataDir,
  // The system is tried often, so that the time is that of the ramp and not of the last gap.
  RECOVERY_MAX_INTERVAL: '2s',
}
const mensageria = await startStandaloneProcess(env)
const { url } = mensageria

const parkedNow = async (): Promise<number> => {
  const shown: { counts: { parked: number } } = JSON.parse(
    await (await fetch(`${url}/v1/integrations/dmitri`)).text(),
  )
  return shown.counts.parked
}

let registered = 0
const register = async (seconds: number): Promise<Accepted[]> => {
  const accepted = await steady(url, registered + 1, PER_SECOND, seconds)
  registered += PER_SECOND * seconds
  await until('Everything delivered', async () => (await sinks.count()).writes === 3 * registered)
  return accepted
}

try {
  say('Warming up')
  await register(WARM_UP_SECONDS)
  say(`${PER_SECOND} registrations/s for ${CALM_SECONDS} s`)
  const calmBefore = await register(CALM_SECONDS)

  say(`${PARKED} registrations while dmitri is down`)
  await sinks.setDown(['dmitri'])
  const waiting = await burst(url, registered + 1, PARKED, 32)
  registered += PARKED
  await until('Everything parked', async () => (await parkedNow()) === PARKED)

  say(`dmitri is back; ${PER_SECOND} registrations/s for ${RECOVERY_SECONDS} s meanwhile`)
  const loadBefore = loadavg()[0]
  const backAt = Date.now()
  await sinks.setDown([])
  const during = await register(RECOVERY_SECONDS)

  say('The calm again')
  const calm = [...calmBefore, ...(await register(CALM_SECONDS))]

  const report = await sinks.report()
  const seen = waiting.flatMap(({ centerId }) => report.arrivals[`${centerId}:1:dmitri`] ?? [])
  const recovery = figuresOf(during, report)
  const quiet = figuresOf(calm, report)
  console.log(
    JSON.stringify({
      machine: { cpus: availableParallelism(), model: cpus()[0]?.model, node: process.version, loadBefore },
      parked: seen.length,
      rampCap: RECOVERY.recovery_window_max,
      ratePerSecond: RECOVERY.recovery_rate_per_second,
      backSeconds: round((seen.reduce((last, at) => Math.max(last, at), 0) - backAt) / 1000),
      duplicates: report.duplicates,
      recovery,
      calm: quiet,
      acceptRatio: round(recovery.acceptP95Ms / quiet.acceptP95Ms),
      deliveredRatio: round(recovery.deliveredP95Ms / quiet.deliveredP95Ms),
    }),
  )
} finally {
  await mensageria.stop('SIGKILL')
  sinks.close()
  await rm(dataDir, { recursive: true, force: true })
}
