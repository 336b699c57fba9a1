// `node bench/rejected.ts`: what 500 rejected rows, whose messages the broker brings again and again, cost the healthy
// deliveries of the same subscription. The pause between two tries is 10 s, production's shortest. Prints one JSON. How many
// nacks that comes to is the emulator's affair, and is measured; production's own push backoff after nacks may be another.
import { centerIdOf, toAttributes, toEvent, type DistributionCenterEvent } from '@mensageria/contracts'
import { openGoogleCloudPublisher } from '@mensageria/google-cloud/publisher'
import { createTopology } from '@mensageria/google-cloud/topology'
import { startEmulators, type Emulators } from '@mensageria/testkit/emulators'
import { startReadyProcess } from '@mensageria/testkit/ready-process'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { randomUUID } from 'node:crypto'
import { availableParallelism, cpus } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { quantile, round } from './measure.ts'
import { startPushCounter, startRefusingSink } from './rejected-parts.ts'

const REJECTED = 500
const PER_SECOND = 20
const SECONDS = 10
const BURST = 300
const DIRECT_PER_SECOND = 50
const RETRY = { minBackoffMs: 10_000, maxBackoffMs: 10_000, attemptsMax: 100 }

const say = (text: string) => process.stderr.write(`${text}\n`)

let made = 0
const nextEvent = () => {
  const registration = sampleRegistration((made += 1))
  const at = new Date().toISOString()
  const id = centerIdOf(registration.taxId)
  return toEvent({ ...registration, id, version: 1, createdAt: at, updatedAt: at }, undefined)
}

const until = async (condition: () => boolean, what: string) => {
  for (let turn = 0; turn < 12_000; turn += 1) {
    if (condition()) return
    await sleep(20)
  }
  throw new Error(`Not in four minutes: ${what}`)
}

const toPush = (event: DistributionCenterEvent): string =>
  JSON.stringify({
    message: {
      attributes: toAttributes(event),
      data: Buffer.from(JSON.stringify(event.data)).toString('base64'),
      messageId: event.id.slice(0, 100),
      publishTime: event.time,
    },
    subscription: 'maas',
  })

/** One subscription with its subscriber, and a system behind it that refuses what it is told to. */
const openSubscription = async (emulators: Emulators) => {
  const projectId = `bench-${randomUUID().slice(0, 8)}`
  const sink = await startRefusingSink()
  const maas = await startReadyProcess('exec node services/maas/src/main.ts', {
    PORT: '0',
    GOOGLE_CLOUD_PROJECT: projectId,
    FIRESTORE_EMULATOR_HOST: emulators.hosts.firestore,
    METADATA_SERVER_DETECTION: 'none',
    RETRY_MIN_BACKOFF: '10s',
    RETRY_MAX_BACKOFF: '10s',
    MAAS_URL: sink.url,
    MAAS_TOKEN: 'bench',
  })
  const pushes = await startPushCounter(maas.url)
  await createTopology({
    projectId,
    integrations: [{ name: 'maas', retry: RETRY }],
    pushEndpointOf: () => `${pushes.url}/push`,
  })
  const broker = openGoogleCloudPublisher({ projectId })
  const sentAt = new Map<string, number>()
  return {
    sink,
    nacks: pushes.nacks,
    publish: async () => {
      const event = nextEvent()
      sentAt.set(event.subject, performance.now())
      await broker.publisher.publish(event)
      return event.subject
    },
    /** Past the broker. */
    push: async (body: string) => {
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(`${pushes.url}/push`, { method: 'POST', headers, body })
      await answer.arrayBuffer()
    },
    arrived: (ids: readonly string[]) => ids.every((id) => sink.arrivals.has(id)),
    latencyOf: (id: string) => (sink.arrivals.get(id) ?? 0) - (sentAt.get(id) ?? 0),
    close: async () => {
      await broker.close()
      await maas.stop('SIGKILL')
      await pushes.close()
      await sink.close()
    },
  }
}

type Subscription = Awaited<ReturnType<typeof openSubscription>>

/** Calls so many times a second until `going` is false, and waits for what it has begun. */
const atRate = async <T>(
  perSecond: number,
  going: (begun: number) => boolean,
  work: (turn: number) => Promise<T>,
): Promise<T[]> => {
  const begunAt = performance.now()
  const begun: Promise<T>[] = []
  while (going(begun.length)) {
    const due = ((performance.now() - begunAt) / 1000) * perSecond
    while (begun.length < due && going(begun.length)) begun.push(work(begun.length))
    await sleep(5)
  }
  return Promise.all(begun)
}

const measure = async ({ sink, nacks, publish, arrived, latencyOf }: Subscription) => {
  const nacksBefore = nacks()
  const begunAt = performance.now()
  const ids = await atRate(PER_SECOND, (begun) => begun < PER_SECOND * SECONDS, publish)
  await until(() => arrived(ids), 'steady deliveries')
  const nacksPerSecond = (nacks() - nacksBefore) / ((performance.now() - begunAt) / 1000)
  const latencies = ids.map(latencyOf)
  const burstAt = performance.now()
  const burst = await Promise.all(Array.from({ length: BURST }, publish))
  await until(() => arrived(burst), 'the burst')
  const lastAt = Math.max(...burst.map((id) => sink.arrivals.get(id) ?? 0))
  return {
    p50Ms: round(quantile(latencies, 0.5)),
    p95Ms: round(quantile(latencies, 0.95)),
    burstPerSecond: round(BURST / ((lastAt - burstAt) / 1000)),
    nacksPerSecond: round(nacksPerSecond),
  }
}

/**
 * What lies between the two measurements of a round. `control`: healthy deliveries, for whatever the second place costs.
 * `broker`: rejected rows, which the emulator brings again. `direct`: rejected rows that are pushed 50 times a second past
 * the broker (500 rows with a pause of 10 s), for what the nacks themselves cost.
 */
type Kind = 'control' | 'broker' | 'direct'

const measureRound = async (emulators: Emulators, kind: Kind) => {
  const subscription = await openSubscription(emulators)
  const { sink, publish, push, arrived } = subscription
  try {
    await Promise.all(Array.from({ length: 100 }, publish))
    await until(() => sink.arrivals.size >= 100, 'the warm-up')
    const before = await measure(subscription)
    say(`${kind}, before: ${JSON.stringify(before)}`)
    sink.refuse(kind !== 'control')
    const bodies = kind === 'direct' ? Array.from({ length: REJECTED }, () => toPush(nextEvent())) : []
    for (const body of bodies) await push(body)
    if (kind !== 'direct') {
      const ids = await Promise.all(Array.from({ length: REJECTED }, publish))
      await until(() => (kind === 'control' ? arrived(ids) : sink.refused() >= REJECTED), 'the rows between')
    }
    sink.refuse(false)
    // From here on each rejected message that comes again is nacked without a call.
    let ending = bodies.length === 0
    const repeating = atRate(
      DIRECT_PER_SECOND,
      () => !ending,
      (turn) => push(bodies[turn % bodies.length] ?? ''),
    )
    const after = await measure(subscription)
    ending = true
    await repeating
    say(`${kind}, after: ${JSON.stringify(after)}`)
    if (sink.refused() !== (kind === 'control' ? 0 : REJECTED))
      throw new Error('A rejected row was called again')
    const slowerBy = {
      p50: round(after.p50Ms / before.p50Ms - 1),
      p95: round(after.p95Ms / before.p95Ms - 1),
      burst: round(before.burstPerSecond / after.burstPerSecond - 1),
    }
    return { before, after, slowerBy }
  } finally {
    await subscription.close()
  }
}

const emulators = await startEmulators()
Object.assign(process.env, {
  FIRESTORE_EMULATOR_HOST: emulators.hosts.firestore,
  PUBSUB_EMULATOR_HOST: emulators.hosts.pubsub,
  METADATA_SERVER_DETECTION: 'none',
})
try {
  const control = await measureRound(emulators, 'control')
  const broker = await measureRound(emulators, 'broker')
  const direct = await measureRound(emulators, 'direct')
  console.log(
    JSON.stringify({
      machine: { cpus: availableParallelism(), model: cpus()[0]?.model, node: process.version },
      rejected: REJECTED,
      healthy: { perSecond: PER_SECOND, seconds: SECONDS, burst: BURST },
      control,
      broker,
      direct,
    }),
  )
} finally {
  await emulators.stop()
}
