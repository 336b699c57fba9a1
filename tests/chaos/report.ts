import { readFile, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus, totalmem } from 'node:os'
import type { ChaosResult } from './run-chaos.ts'

type Latency = { count: number; p50Ms: number; p95Ms: number; maxMs: number }

/** The numbers of one run, as the report keeps them. */
export type ChaosFigures = {
  engine: string
  date: string
  machine: { cpus: number; model: string; memoryGiB: number; node: string }
  seed: number
  perSecond: number
  seconds: number
  drainSeconds: number
  registrations: number
  updates: number
  requests: number
  accepted: number
  deliveries: Record<string, number>
  effects: Record<string, number>
  acceptedToEffect: Record<string, Latency>
  faults: Record<string, { count: number; recovered: Latency }>
  violations: Record<string, number>
}

const latencyOf = (values: readonly number[]): Latency => {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { count: sorted.length, p50Ms: at(0.5), p95Ms: at(0.95), maxMs: at(1) }
}

/** A run in numbers: what is counted and not who. */
export const summarize = (engine: string, perSecond: number, result: ChaosResult): ChaosFigures => {
  const faults: ChaosFigures['faults'] = {}
  for (const kind of new Set(result.faults.map((fault) => fault.kind))) {
    const ofKind = result.faults.filter((fault) => fault.kind === kind)
    const recovered = ofKind.flatMap(({ recoveredMs }) => (recoveredMs === undefined ? [] : [recoveredMs]))
    faults[kind] = { count: ofKind.length, recovered: latencyOf(recovered) }
  }
  const { load } = result
  return {
    engine,
    date: new Date().toISOString().slice(0, 10),
    machine: {
      cpus: availableParallelism(),
      model: cpus()[0]?.model ?? 'unknown',
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      node: process.version,
    },
    seed: result.seed,
    perSecond,
    seconds: result.seconds,
    drainSeconds: result.drainSeconds,
    registrations: load.registrations,
    updates: load.updates,
    requests: load.requests,
    accepted: load.acceptedAt.size,
    deliveries: result.deliveries,
    effects: result.effects,
    acceptedToEffect: Object.fromEntries(
      Object.entries(result.latenciesMs).map(([name, values]) => [name, latencyOf(values)]),
    ),
    faults,
    violations: Object.fromEntries(
      Object.entries(result.violations).map(([kind, found]) => [kind, found.length]),
    ),
  }
}

const row = (...cells: (string | number)[]) => `| ${cells.join(' | ')} |`
const table = (head: readonly string[], rows: readonly string[]) => [
  row(...head),
  row(...head.map(() => '---')),
  ...rows,
]
const listed = (counts: Record<string, number>) =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ')

const sectionOf = (stats: ChaosFigures): string[] => {
  const { machine, violations } = stats
  const broken = Object.entries(violations).filter(([, count]) => count > 0)
  return [
    `## ${stats.engine}`,
    '',
    `${stats.date}, seed ${stats.seed}: \`npm run chaos -- --engine ${stats.engine} --seed ${stats.seed} --rate ${stats.perSecond}\`, ` +
      `on ${machine.cpus} x ${machine.model}, ${machine.memoryGiB} GiB, Node ${machine.node}, with load, simulator and proxies beside it.`,
    '',
    `Broken promises: ${broken.length === 0 ? '**none**' : listed(Object.fromEntries(broken))} (looked for: ${Object.keys(violations).join(', ')}).`,
    '',
    `- Faults: ${Object.values(stats.faults).reduce((sum, { count }) => sum + count, 0)} in ${stats.seconds} s`,
    `- Load: ${stats.registrations} registrations and ${stats.updates} updates in ${stats.requests} requests; ${stats.accepted} versions accepted`,
    `- Deliveries in the end: ${listed(stats.deliveries)}; effects: ${listed(stats.effects)}`,
    `- From the end of the last fault until nothing was open: ${stats.drainSeconds} s`,
    '',
    ...table(
      ['from answer to effect', 'effects', 'p50 ms', 'p95 ms', 'longest ms'],
      Object.entries(stats.acceptedToEffect).map(([name, { count, p50Ms, p95Ms, maxMs }]) =>
        row(name, count, p50Ms, p95Ms, maxMs),
      ),
    ),
    '',
    ...table(
      ['fault', 'times', 'seen at work again after: p50 ms', 'longest ms'],
      Object.entries(stats.faults)
        .toSorted(([a], [b]) => a.localeCompare(b))
        .map(([kind, { count, recovered }]) =>
          recovered.count > 0
            ? row(kind, count, recovered.p50Ms, recovered.maxMs)
            : row(kind, count, '-', '-'),
        ),
    ),
    '',
  ]
}

const HEAD = [
  '# Chaos report',
  '',
  'Written by `npm run chaos`: real processes under load, with kill -9, SIGTERM, SIGSTOP, a flush that fails, clocks that jump,',
  'logs that nobody reads, broken networks and proxies, and systems that fail, several at once; then everything is healed, and the',
  'checker compares what clients were answered with the ledger and with the logs of effects of the systems. A fault that ends while',
  'another one goes on is seen at work again only after both.',
  'Times are those of a machine that did much else besides: they are no benchmark.',
  '',
]

/** Writes `<path>.json` with the newest run of each engine, and `<path>.md` from it. */
export const writeReport = async (path: string, stats: ChaosFigures): Promise<void> => {
  const before: ChaosFigures[] = await readFile(`${path}.json`, 'utf8').then(JSON.parse, () => [])
  const all = [...before.filter(({ engine }) => engine !== stats.engine), stats].toSorted((a, b) =>
    a.engine.localeCompare(b.engine),
  )
  await writeFile(`${path}.json`, `${JSON.stringify(all, undefined, 2)}\n`)
  await writeFile(`${path}.md`, [...HEAD, ...all.flatMap(sectionOf)].join('\n'))
}
