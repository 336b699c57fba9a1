import { hash } from 'node:crypto'
import { toEvent, type DistributionCenterEvent } from '@mensageria/contracts'
import {
  backoffMs,
  blankRow,
  composeDeliverer,
  composeIntake,
  composeOperations,
  composeSweeper,
  createPacing,
  outcomeByStatus,
  type Deliver,
  type DeliveryRow,
  type Ids,
  type IntegrationSettings,
  type RecoveryPolicy,
} from '@mensageria/core'
import { openMemory, type MemoryEngine } from '@mensageria/memory'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { createScheduler, type Scheduler } from './scheduler.ts'

/** What brings a backlog to a system: the broker, recovery after an outage, or a redrive by a person. */
export type Driver = 'push' | 'recovery' | 'redrive'

export type QuotaRun = {
  driver: Driver
  centers: number
  /** Calls a second that the system takes; unlimited where absent. */
  quota?: number
  /** Its Retry-After; it says nothing where absent. */
  retryAfter?: string
  ratePerSecondMax?: number
  /** Gaps and length of sweeps: of one machine unless said. */
  cloud?: boolean
}

/** How a run ended: in virtual seconds, beside the time that the quota asks for. */
export type QuotaResult = { seconds: number; ratio: number; calls: number; callsPerDelivery: number }

const NAME = 'maas'
const LATENCY_MS = 20
const HOUR_MS = 3_600_000
const MACHINE: RecoveryPolicy = {
  minIntervalMs: 2_000,
  maxIntervalMs: 30_000,
  windowMax: 100,
  ratePerSecond: 200,
}
const CLOUD: RecoveryPolicy = { ...MACHINE, minIntervalMs: 60_000, maxIntervalMs: 600_000 }

const settingsOf = ({ cloud = false, ratePerSecondMax }: QuotaRun): IntegrationSettings => ({
  name: NAME,
  retry: { minBackoffMs: 10_000, maxBackoffMs: 600_000, attemptsMax: 100 },
  recovery: cloud ? CLOUD : MACHINE,
  concurrencyMax: 32,
  ...(ratePerSecondMax === undefined ? {} : { ratePerSecondMax }),
})

const createIds = (): Ids => {
  let count = 0
  return {
    next: () => `id-${(count += 1)}`,
    traceparent: () => '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    random: () => 0.5,
    digest: (text) => hash('sha256', text),
  }
}

/** A system that counts calls by the second of its own clock, and refuses those above its quota. */
const createSystem = (scheduler: Scheduler, { quota = Infinity, retryAfter }: QuotaRun) => {
  const system = { calls: 0, call: async () => answer() }
  let [second, taken] = [0, 0]
  const answer = async () => {
    await scheduler.delay(LATENCY_MS)
    system.calls += 1
    const now = Math.floor(scheduler.elapsed() / 1000)
    if (now !== second) [second, taken] = [now, 0]
    taken += 1
    const refused = { status: 429, body: undefined, ...(retryAfter === undefined ? {} : { retryAfter }) }
    const said = taken <= quota ? { status: 200, body: {} } : refused
    return outcomeByStatus({ type: 'response', ...said }, { now: scheduler.clock.now() })
  }
  return system
}

/** The broker of one machine: pushes what is due while the handler has room, with its own backoff for each message. */
const pushAll = async (
  scheduler: Scheduler,
  { retry, concurrencyMax }: IntegrationSettings,
  events: readonly DistributionCenterEvent[],
  push: (event: DistributionCenterEvent) => Promise<boolean>,
  hasRoom: () => boolean,
) => {
  const waiting = events.map((event) => ({ event, attempts: 0, dueAt: 0 }))
  let inFlight = 0
  while (waiting.length > 0 || inFlight > 0) {
    const [next] = waiting
    if (next && next.dueAt <= scheduler.elapsed() && inFlight < concurrencyMax && hasRoom()) {
      waiting.shift()
      inFlight += 1
      void push(next.event).then((ack) => {
        inFlight -= 1
        if (ack) return
        const attempts = next.attempts + 1
        waiting.push({ ...next, attempts, dueAt: scheduler.elapsed() + backoffMs(retry, attempts) })
        waiting.sort((a, b) => a.dueAt - b.dueAt)
      })
    } else await scheduler.delay(10)
  }
}

const storeCenters = async (engine: MemoryEngine, scheduler: Scheduler, ids: Ids, count: number) => {
  const { clock } = scheduler
  const { register } = composeIntake(engine, { publisher: { publish: async () => {} }, clock, ids })
  const events: DistributionCenterEvent[] = []
  for (let n = 1; n <= count; n++) {
    const result = await register(sampleRegistration(n), { caller: 'test', traceparent: ids.traceparent() })
    if (result.kind !== 'created') throw new Error(`Center ${n} was ${result.kind}`)
    events.push(toEvent(result.center, undefined))
  }
  return events
}

/** A backlog as an outage, or refusals that are not true any more, leave it behind. */
const storeRows = async (
  { ledger }: MemoryEngine,
  { clock }: Scheduler,
  events: readonly DistributionCenterEvent[],
  driver: Driver,
) => {
  const now = clock.now()
  for (const { subject: centerId } of events) {
    const fields = blankRow({ integration: NAME, centerId }, 1, 'before')
    const tried = { ...fields, attempts: 1, firstAttemptAt: now - 1, lastAttemptAt: now - 1 }
    const row: DeliveryRow =
      driver === 'recovery'
        ? { ...tried, state: 'parked', parkedAt: now - 1, dueAt: now }
        : { ...tried, state: 'rejected' }
    await ledger.create(row)
  }
}

/** Runs a backlog into a system with a quota, in virtual time, until the last center is delivered. */
export const runQuota = async (run: QuotaRun): Promise<QuotaResult> => {
  const { driver, centers, quota, cloud = false } = run
  const scheduler = createScheduler()
  const { clock } = scheduler
  const ids = createIds()
  const settings = settingsOf(run)
  const integrations = [settings]
  const engine = openMemory({ integrations, clock })
  const system = createSystem(scheduler, run)
  let [delivered, doneAt] = [0, 0]
  const pacing = createPacing(settings, clock, run.cloud ? undefined : 20_000)
  const deliver: Deliver = composeDeliverer(engine, {
    clock,
    ids,
    settings,
    pacing,
    call: system.call,
    onAttempt: ({ outcome }) => {
      if (outcome.kind !== 'delivered') return
      delivered += 1
      if (delivered === centers) doneAt = scheduler.elapsed()
    },
  })
  const { signal } = new AbortController()
  const events = await storeCenters(engine, scheduler, ids, centers)
  if (driver === 'push') {
    const push = async (event: DistributionCenterEvent) =>
      (await deliver(event, { kind: 'push' }, signal)).ack
    void pushAll(scheduler, settings, events, push, () => cloud || pacing.hasRoom())
  } else {
    await storeRows(engine, scheduler, events, driver)
    const operations = composeOperations(engine, { integrations, clock, ids })
    const sweep = composeSweeper(engine, {
      integrations,
      publisher: { publish: async () => {} },
      handOver: (_name, event, trigger) => deliver(event, trigger, signal),
      maintenance: { intervalMs: HOUR_MS, settleMs: 0, retireAfterMs: 24 * HOUR_MS },
      observe: () => {},
      clock,
      ids,
    })
    if (driver === 'redrive')
      await operations.redrives.create({
        filter: { integration: NAME, states: ['rejected'] },
        reason: 'It is right now',
        requestedBy: 'ana',
        force: false,
      })
    const [everyMs, budgetMs] = cloud ? [60_000, 50_000] : [1_000, 1_000]
    const tick = () => {
      void sweep(budgetMs)
      scheduler.at(scheduler.elapsed() + everyMs, tick)
    }
    tick()
  }
  await scheduler.run(2 * HOUR_MS, () => doneAt > 0)
  const idealSeconds = quota === undefined ? 1 : centers / quota
  return {
    seconds: Math.round(doneAt / 100) / 10,
    ratio: Math.round((doneAt / 1000 / idealSeconds) * 100) / 100,
    calls: system.calls,
    callsPerDelivery: Math.round((system.calls / centers) * 100) / 100,
  }
}
