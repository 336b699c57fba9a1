// `npm run bench`: the standalone under load on this machine, with load generator and sinks beside it. Prints one JSON.
import { startStandaloneProcess, type StandaloneProcess } from '@mensageria/testkit/standalone-process'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { burst, steady, type Accepted } from './load.ts'
import { cpuSecondsOf, peakRssMiBOf, quantile, round } from './measure.ts'
import { startSinks, type Sinks } from './sink-process.ts'
import { leadToSinks, SYSTEMS } from './systems.ts'

const BURST = 5_000
const FORWARDER = join(import.meta.dirname, 'forwarder.ts')

const say = (text: string) => process.stderr.write(`${text}\n`)

const drained = async (sinks: Sinks, writes: number): Promise<number> => {
  for (let turn = 0; turn < 3000; turn++) {
    const report = await sinks.count()
    if (report.writes >= writes) return report.lastAt
    await sleep(20)
  }
  throw new Error(`Only ${(await sinks.count()).writes} of ${writes} deliveries arrived in a minute`)
}

const latencies = (accepted: readonly Accepted[]) => {
  const values = accepted.map(({ latencyMs }) => latencyMs)
  return { p50Ms: round(quantile(values, 0.5)), p99Ms: round(quantile(values, 0.99)) }
}

const endToEnd = async (sinks: Sinks, accepted: readonly Accepted[], systems: readonly string[]) => {
  const { arrivals } = await sinks.report()
  const values = accepted.flatMap(({ centerId, sentAt }) =>
    systems.flatMap((system) => {
      const at = arrivals[`${centerId}:1:${system}`]
      return at === undefined ? [] : [at - sentAt]
    }),
  )
  return { arrived: values.length, p50Ms: quantile(values, 0.5), p99Ms: quantile(values, 0.99) }
}

const sinks = await startSinks()
const dataDir = await mkdtemp(join(tmpdir(), 'mensageria-bench-'))
const env = {
  DATA_DIR: dataDir,
  LOG_LEVEL: process.env['BENCH_LOG_LEVEL'] ?? 'info',
  ...(await leadToSinks(dataDir, sinks.url)),
}
let sent = 0
const next = (count: number) => {
  const from = sent + 1
  sent += count
  return from
}

const measureBurst = async ({ url, pid }: StandaloneProcess) => {
  say('Warm-up: 200 registrations')
  await burst(url, next(200), 200, 16)
  await drained(sinks, sent * SYSTEMS.length)
  say(`Burst: ${BURST} registrations over 64 connections`)
  const startedAt = Date.now()
  const cpuBefore = cpuSecondsOf(pid)
  const accepted = await burst(url, next(BURST), BURST, 64)
  const acceptedAt = Date.now()
  const drainedAt = await drained(sinks, sent * SYSTEMS.length)
  return {
    acceptedPerSecond: Math.round(BURST / ((acceptedAt - startedAt) / 1000)),
    drainedSeconds: round((drainedAt - startedAt) / 1000),
    accept: latencies(accepted),
    cpuSecondsPer1000Deliveries: round((cpuSecondsOf(pid) - cpuBefore) / ((BURST * SYSTEMS.length) / 1000)),
  }
}

say('For comparison, a bare forwarder that keeps nothing')
const forwarder = await startStandaloneProcess({ SINKS_URL: sinks.url }, FORWARDER)
const forwarderFigures = await measureBurst(forwarder)
await forwarder.stop('SIGKILL')

say('Mensageria')
let mensageria: StandaloneProcess = await startStandaloneProcess(env)
try {
  const burstFigures = await measureBurst(mensageria)

  say('200 registrations/s for 10 s')
  const at200 = await steady(mensageria.url, next(2000), 200, 10)
  await drained(sinks, sent * SYSTEMS.length)

  say('400 registrations/s for 10 s')
  const cpu400 = cpuSecondsOf(mensageria.pid)
  const at400 = await steady(mensageria.url, next(4000), 400, 10)
  await drained(sinks, sent * SYSTEMS.length)
  const cpu400Per1000 = (cpuSecondsOf(mensageria.pid) - cpu400) / 12

  say('100 registrations/s for 20 s, all systems up')
  const healthy = SYSTEMS.slice(0, -1)
  const calm = await steady(mensageria.url, next(2000), 100, 20)
  await drained(sinks, sent * SYSTEMS.length)
  const calmFigures = await endToEnd(sinks, calm, healthy)
  say('100 registrations/s for 20 s, one system down')
  await sinks.setDown(SYSTEMS.slice(-1))
  const outage = await steady(mensageria.url, next(2000), 100, 20)
  const outageFigures = await endToEnd(sinks, outage, healthy)
  await sinks.setDown([])

  const rss = peakRssMiBOf(mensageria.pid)
  say('kill -9 and start again')
  await mensageria.stop('SIGKILL')
  const killedAt = Date.now()
  mensageria = await startStandaloneProcess(env)
  const backMs = Date.now() - killedAt
  const { duplicates } = await sinks.count()

  console.log(
    JSON.stringify({
      machine: { cpus: availableParallelism(), model: cpus()[0]?.model, node: process.version },
      burst: burstFigures,
      burstOfBareForwarder: forwarderFigures,
      at200PerSecond: latencies(at200),
      at400PerSecond: { ...latencies(at400), cpuSecondsPer1000Deliveries: round(cpu400Per1000) },
      outage: {
        healthyP99Ms: calmFigures.p99Ms,
        duringOutageP99Ms: outageFigures.p99Ms,
        ratio: round(outageFigures.p99Ms / calmFigures.p99Ms),
        arrived: outageFigures.arrived,
      },
      peakRssMiB: Math.round(rss),
      backAfterKillMs: backMs,
      duplicates,
    }),
  )
} finally {
  await mensageria.stop('SIGKILL')
  sinks.close()
  await rm(dataDir, { recursive: true, force: true })
}
