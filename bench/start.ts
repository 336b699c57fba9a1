// `npm run bench:start`: from the start of a push subscriber's process to its first 204 to a push, on the Firestore emulator;
// from sources and as a bundle, each with and without a compile cache, in turn. Prints one JSON.
import { centerIdOf, toAttributes, toEvent } from '@mensageria/contracts'
import { startGcloudEmulator } from '@mensageria/testkit/emulators'
import { ROOT, startReadyProcess } from '@mensageria/testkit/ready-process'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { quantile } from './measure.ts'
import { startSinks } from './sink-process.ts'

const RUNS = 5
const SERVICE = 'maas'

const say = (text: string) => process.stderr.write(`${text}\n`)

const envelope = (n: number): string => {
  const registration = sampleRegistration(n)
  const at = new Date().toISOString()
  const id = centerIdOf(registration.taxId)
  const event = toEvent({ ...registration, id, version: 1, createdAt: at, updatedAt: at }, undefined)
  const data = Buffer.from(JSON.stringify(event.data)).toString('base64')
  const message = { attributes: toAttributes(event), data, messageId: String(n), publishTime: at }
  return JSON.stringify({ message, subscription: `projects/bench/subscriptions/${SERVICE}` })
}

const folder = await mkdtemp(join(tmpdir(), 'mensageria-start-'))
const SOURCES = join(ROOT, `services/${SERVICE}/src/main.ts`)
const BUNDLE = join(folder, 'integration/main.js')
const variants = {
  sources: { entry: SOURCES, cache: undefined },
  bundle: { entry: BUNDLE, cache: undefined },
  sourcesWithCache: { entry: SOURCES, cache: join(folder, 'cache-sources') },
  bundleWithCache: { entry: BUNDLE, cache: join(folder, 'cache-bundle') },
}

say('Bundling the integrations')
await promisify(execFile)(process.execPath, [join(ROOT, 'scripts/bundle.ts'), '--out', folder, 'integration'])
const emulator = await startGcloudEmulator('firestore')
const sinks = await startSinks()
let sent = 0

const startOnce = async ({ entry, cache }: { entry: string; cache: string | undefined }) => {
  const begun = performance.now()
  const started = await startReadyProcess(`exec node ${entry}`, {
    PORT: '0',
    NODE_ENV: 'production',
    INTEGRATION: SERVICE,
    GOOGLE_CLOUD_PROJECT: `bench-${randomUUID().slice(0, 8)}`,
    FIRESTORE_EMULATOR_HOST: emulator.host,
    METADATA_SERVER_DETECTION: 'none',
    MAAS_URL: `${sinks.url}/maas`,
    MAAS_TOKEN: 'bench',
    ...(cache === undefined ? {} : { NODE_COMPILE_CACHE: cache }),
  })
  try {
    const readyMs = performance.now() - begun
    const answer = await fetch(`${started.url}/push`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: envelope((sent += 1)),
    })
    if (answer.status !== 204) throw new Error(`Answered ${answer.status}: ${await answer.text()}`)
    return { readyMs, answeredMs: performance.now() - begun }
  } finally {
    // In order: a compile cache is written when a process ends.
    await started.stop('SIGTERM')
  }
}

try {
  const measured = Object.entries(variants).map(([name, variant]) => ({
    name,
    variant,
    readyMs: [] as number[],
    answeredMs: [] as number[],
  }))
  for (let run = 0; run <= RUNS; run += 1) {
    for (const { name, variant, readyMs, answeredMs } of measured) {
      const stats = await startOnce(variant)
      say(`${name}: ${Math.round(stats.answeredMs)} ms${run === 0 ? ' (not counted)' : ''}`)
      if (run === 0) continue
      readyMs.push(stats.readyMs)
      answeredMs.push(stats.answeredMs)
    }
  }
  const medians = measured.map(({ name, readyMs, answeredMs }) => [
    name,
    { readyMs: Math.round(quantile(readyMs, 0.5)), first204Ms: Math.round(quantile(answeredMs, 0.5)) },
  ])
  console.log(
    JSON.stringify({
      machine: { cpus: availableParallelism(), model: cpus()[0]?.model, node: process.version },
      runs: RUNS,
      medians: Object.fromEntries(medians),
    }),
  )
} finally {
  sinks.close()
  await emulator.stop()
  await rm(folder, { recursive: true, force: true })
}
