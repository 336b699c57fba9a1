import { hash } from 'node:crypto'
import type { DistributionCenterEvent } from '@mensageria/contracts'
import {
  composeDeliverer,
  composeIntake,
  composePark,
  type Deliver,
  type DeliverResult,
  type DeliveryTrigger,
  type Engine,
  type ExternalCall,
  type Ids,
  type IntegrationSettings,
  type Ledger,
} from '@mensageria/core'
import { openMemory, type MemoryEngine } from '@mensageria/memory'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { createBroker } from './broker.ts'
import { createDownstream, type Downstream } from './downstream.ts'
import { createRuns, drawRates, NO_FAULTS, type Run } from './faults.ts'
import { createRandom, type Random } from './random.ts'
import { createScheduler, type Scheduler } from './scheduler.ts'
import { createSweeper, type Sweeper } from './sweeper.ts'

/** Breaks the world on purpose, to show that the checker sees it. */
export type Sabotage =
  | 'none'
  | 'no-compare-and-set'
  | 'acknowledge-always'
  | 'no-sweep'
  | 'no-lease-age'
  | 'no-shared-rate'
  | 'no-backfill'

export type World = {
  scheduler: Scheduler
  random: Random
  stored: MemoryEngine['stored']
  /** The stored world as the current list sees it, past all faults. */
  engine(): Engine
  /** Every integration that the run can have. */
  all: readonly IntegrationSettings[]
  /** The list of now. */
  settings(): readonly IntegrationSettings[]
  /** Puts another list in place; sweeps with the old one go on for `overlapMs`. */
  deploy(list: readonly IntegrationSettings[], overlapMs: number): void
  /** When processes of the sweeper were started, in virtual milliseconds. */
  starts: readonly number[]
  downstreams: ReadonlyMap<string, Downstream>
  /** Versions that a client got a 2xx for. */
  answers: { centerId: string; version: number }[]
  /** Messages that were acknowledged although the ledger did not answer for them (I4). */
  earlyAcks: string[]
  /** Calls that the sweeper has brought about, in order; `at` in virtual milliseconds. */
  handedOver: { system: string; at: number }[]
  /** Calls for a version that the system had already, for which nobody had asked with force. */
  calledAgain: string[]
  /** A person asks for a redrive, or acts on those there are. */
  operate: Sweeper['operate']
  register(n: number): Promise<void>
  update(n: number, edit: number): Promise<void>
  startSweeps(): void
  pause(name: string, paused: boolean): void
  heal(): void
}

const HANDOVER_MS = 45_000
const CLIENT_MS = 10_000

const drawSettings = (random: Random): IntegrationSettings[] =>
  ['senninha', 'maas', 'dmitri'].map((name) => ({
    name,
    retry: {
      minBackoffMs: 10_000,
      maxBackoffMs: random.pick([20_000, 60_000, 600_000]),
      attemptsMax: random.pick([5, 6, 10]),
    },
    recovery: {
      minIntervalMs: 60_000,
      maxIntervalMs: 600_000,
      windowMax: random.pick([1, 4, 100]),
      ratePerSecond: random.pick([1, 200]),
    },
    concurrencyMax: 32,
  }))

const sabotagedLedger = (ledger: Ledger, sabotage: Sabotage): Ledger => {
  if (sabotage === 'no-compare-and-set')
    return { ...ledger, replace: async (row, expected) => (await ledger.replace(row, expected)) ?? expected }
  if (sabotage !== 'no-lease-age') return ledger
  const read: Ledger['read'] = async (key) => {
    const found = await ledger.read(key)
    return found && { ...found, ageMs: Infinity }
  }
  return { ...ledger, read }
}

const sabotaged = (engine: Engine, sabotage: Sabotage): Engine => ({
  ...engine,
  ledger: sabotagedLedger(engine.ledger, sabotage),
  // Nothing that the system asks for by itself is ever begun.
  redrives: {
    ...engine.redrives,
    create: async (redrive, lanes) =>
      sabotage === 'no-backfill' && redrive.requestedBy === 'system'
        ? '1'
        : engine.redrives.create(redrive, lanes),
  },
})

/** Builds a world from a seed: the whole core over stores, broker and systems of which anything may fail. */
export const createWorld = (seed: number, sabotage: Sabotage = 'none'): World => {
  const random = createRandom(seed)
  const scheduler = createScheduler()
  const { clock } = scheduler
  const all = drawSettings(random)
  let settings: readonly IntegrationSettings[] = all
  const overlapping = new Set<readonly IntegrationSettings[]>()
  const memory = openMemory({ integrations: all, clock })
  const { stored } = memory
  let rates = drawRates(random)
  const newRun = createRuns(scheduler, random, () => rates)
  let count = 0
  const ids: Ids = {
    next: () => `id-${(count += 1)}`,
    traceparent: () => '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    random: () => random.next(),
    digest: (text) => hash('sha256', text),
  }
  const poison = new Set<string>()
  const downstreams = new Map(
    all.map(({ name }) => [name, createDownstream({ name, scheduler, random, poison })]),
  )
  const never = new AbortController().signal
  const engines = new Map<readonly IntegrationSettings[], MemoryEngine>()
  const seenBy = (list: readonly IntegrationSettings[]): MemoryEngine => {
    const known = engines.get(list) ?? memory.reopen(list)
    engines.set(list, known)
    return known
  }
  const engineOf = (run: Run, list = settings): Engine =>
    sabotaged(
      seenBy(list).through((_operation, work) => run.step(work)),
      sabotage,
    )

  const handedOver: World['handedOver'] = []
  const calledAgain: string[] = []
  const earlyAcks: string[] = []
  const noteAck = (integration: string, event: DistributionCenterEvent, isParked: boolean) => {
    const row = stored.rows.get(`${integration}~${event.subject}`)?.row
    const isCovered =
      row !== undefined &&
      (row.version > event.sequence ||
        row.deliveredVersion >= event.sequence ||
        (isParked && row.version === event.sequence && row.parkedAt !== undefined))
    if (!isCovered) earlyAcks.push(`${integration} ${event.id}`)
  }

  const deliver = (
    one: IntegrationSettings,
    event: DistributionCenterEvent,
    trigger: DeliveryTrigger,
  ): ReturnType<Deliver> => {
    const call = downstreams.get(one.name)?.call
    if (!call) throw new Error(`Nobody is called ${one.name}`)
    const watched: ExternalCall = (sent, context) => {
      if (trigger.kind !== 'push') handedOver.push({ system: one.name, at: scheduler.elapsed() })
      const row = stored.rows.get(`${one.name}~${sent.subject}`)?.row
      const isForced = [...stored.redrives.values()].some(({ redrive }) => redrive.force)
      if (!isForced && (row?.deliveredVersion ?? 0) >= sent.sequence)
        calledAgain.push(`${one.name} ${sent.id} by ${trigger.kind}`)
      return call(sent, context)
    }
    const engine = { ledger: engineOf(newRun()).ledger, states: memory.states }
    const composed = composeDeliverer(engine, {
      settings: one,
      call: watched,
      onAttempt: () => {},
      clock,
      ids,
    })
    return composed(event, trigger, never)
  }
  const broker = createBroker({
    scheduler,
    random,
    rates: () => rates,
    isSubscribed: (name) => settings.some((one) => one.name === name),
    subscriptions: all.map((one) => ({
      name: one.name,
      retry: one.retry,
      handler: async (event) => {
        const answer = await deliver(one, event, { kind: 'push' })
        const ack = answer.ack || sabotage === 'acknowledge-always'
        if (ack) noteAck(one.name, event, false)
        return ack
      },
    })),
    onDeadLetter: async (integration, event) => {
      const park = composePark(engineOf(newRun()), { clock, ids })
      const ack = await park({ integration, centerId: event.subject }, event.sequence)
      if (ack) noteAck(integration, event, true)
      return ack
    },
  })
  const handOver = async (
    name: string,
    event: DistributionCenterEvent,
    trigger: DeliveryTrigger,
  ): Promise<DeliverResult> => {
    const one = all.find((candidate) => candidate.name === name)
    if (!one) throw new Error(`Nobody is called ${name}`)
    const late = scheduler.delay(HANDOVER_MS).then(() => Promise.reject(new Error('No answer')))
    return Promise.race([deliver(one, event, trigger), late])
  }
  const sweeper = createSweeper({
    scheduler,
    ids,
    newRun,
    engineOf,
    // What the system requests is owed: a person who cancels it decides that it waits.
    redriveIds: (action) =>
      [...stored.redrives.values()].flatMap(({ redrive }) =>
        action === 'cancel' && redrive.requestedBy === 'system' ? [] : [redrive.id],
      ),
    list: () => settings,
    publisher: broker,
    handOver,
    sharesRate: sabotage !== 'no-shared-rate',
  })

  const answers: World['answers'] = []
  // A client that asks until it has an answer, as one with a retry does.
  const ask = async (
    request: (run: Run) => Promise<{ id: string; version: number } | undefined>,
  ): Promise<void> => {
    const late = scheduler.delay(CLIENT_MS).then(() => undefined)
    const center = await Promise.race([request(newRun()).catch(() => undefined), late])
    if (center) {
      answers.push({ centerId: center.id, version: center.version })
      return
    }
    await scheduler.delay(random.between(1_000, 20_000))
    await ask(request)
  }
  const request = { caller: 'client', traceparent: ids.traceparent() }

  return {
    scheduler,
    random,
    stored,
    engine: () => seenBy(settings),
    all,
    settings: () => settings,
    deploy: (list, overlapMs) => {
      const old = settings
      settings = list
      if (overlapMs === 0) return
      overlapping.add(old)
      scheduler.at(scheduler.elapsed() + overlapMs, () => overlapping.delete(old))
    },
    starts: sweeper.starts,
    downstreams,
    answers,
    earlyAcks,
    handedOver,
    calledAgain,
    operate: (operation) => sweeper.operate(operation),
    register: (n) =>
      ask(async (run) => {
        const { register } = composeIntake(engineOf(run), { publisher: broker, clock, ids })
        const result = await register(sampleRegistration(n), request)
        if (result.kind === 'exists') return result.existing
        if (result.kind === 'key-reused') return undefined
        if (random.chance(0.05)) poison.add(result.center.id)
        return result.center
      }),
    update: (n, edit) =>
      ask(async (run) => {
        const registration = sampleRegistration(n)
        const [centerId] = answers.flatMap((answer) => {
          const center = stored.centers.get(answer.centerId)?.center
          return center?.taxId === registration.taxId ? [center.id] : []
        })
        if (centerId === undefined) return undefined
        const { update } = composeIntake(engineOf(run), { publisher: broker, clock, ids })
        const expected = { any: true } as const
        const changed = { ...registration, name: `${registration.name} ${edit}` }
        const result = await update(changed, { centerId, expected, traceparent: request.traceparent })
        return 'center' in result ? result.center : undefined
      }),
    startSweeps: () => {
      const again = () => {
        // A sweep that was cut off, or two at once, must harm nothing.
        for (let copy = random.chance(0.2) ? 0 : 1; copy < 2; copy++)
          void sweeper.sweepOnce(settings).catch(() => undefined)
        // In a deploy the process with the old list sweeps once more beside the new one.
        for (const list of overlapping) void sweeper.sweepOnce(list).catch(() => undefined)
        scheduler.at(scheduler.elapsed() + 60_000, again)
      }
      if (sabotage !== 'no-sweep') again()
    },
    pause: (name, paused) => {
      const pause = { by: 'ana', at: clock.now(), reason: 'simulation' }
      void memory.states.write(name, 'paused', paused ? pause : undefined)
    },
    heal: () => {
      rates = NO_FAULTS
      for (const downstream of downstreams.values()) downstream.heal()
    },
  }
}
