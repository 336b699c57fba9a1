import { hash } from 'node:crypto'
import type { DistributionCenterEvent } from '@mensageria/contracts'
import {
  composePark,
  type DeliverResult,
  type DeliveryTrigger,
  type Engine,
  type Ids,
  type IntegrationSettings,
} from '@mensageria/core'
import { openMemory, type MemoryEngine } from '@mensageria/memory'
import { createBroker } from './broker.ts'
import { createClients } from './clients.ts'
import { createDeliveries } from './deliveries.ts'
import { createDownstream, type Downstream } from './downstream.ts'
import { createRuns, drawRates, NO_FAULTS, type Run } from './faults.ts'
import { createRandom, type Random } from './random.ts'
import { createSabotage, type Sabotage } from './sabotage.ts'
import { createScheduler, type Scheduler } from './scheduler.ts'
import { createSweeper, type Sweeper } from './sweeper.ts'

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
  /** While a deploy lasted: the process with the old list swept beside the new one (virtual milliseconds). */
  overlaps: readonly { from: number; to: number }[]
  /** When processes of the sweeper were started, in virtual milliseconds. */
  starts: readonly number[]
  /** The processes of the sweeper end; the next sweep starts others. */
  restart: () => void
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

const HANDOVER_MS = 50_000

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
      windowMax: random.pick([1, 1, 4, 100]),
      ratePerSecond: random.pick([1, 1, 200]),
    },
    concurrencyMax: 32,
  }))

/** Builds a world from a seed: the whole core over stores, broker and systems of which anything may fail. */
export const createWorld = (seed: number, sabotage: Sabotage = 'none'): World => {
  const random = createRandom(seed)
  const scheduler = createScheduler()
  const { clock } = scheduler
  const all = drawSettings(random)
  let settings: readonly IntegrationSettings[] = all
  const overlaps: { from: number; to: number }[] = []
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
  const engines = new Map<readonly IntegrationSettings[], MemoryEngine>()
  const seenBy = (list: readonly IntegrationSettings[]): MemoryEngine => {
    const known = engines.get(list) ?? memory.reopen(list)
    engines.set(list, known)
    return known
  }
  const sabotaged = createSabotage(sabotage, clock)
  const engineOf = (run: Run, list = settings): Engine =>
    sabotaged(seenBy(list).through((_operation, work) => run.step(work)))

  const watched = createDeliveries({
    scheduler,
    ids,
    stored,
    downstreams,
    engine: () => ({ ledger: engineOf(newRun()).ledger, states: memory.states }),
  })
  const { deliver, noteAck } = watched
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

  const clients = createClients({
    scheduler,
    random,
    ids,
    stored,
    poison,
    publisher: broker,
    engine: () => engineOf(newRun()),
  })

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
      overlaps.push({ from: scheduler.elapsed(), to: scheduler.elapsed() + overlapMs })
      scheduler.at(scheduler.elapsed() + overlapMs, () => overlapping.delete(old))
    },
    overlaps,
    starts: sweeper.starts,
    restart: () => sweeper.restart(),
    downstreams,
    answers: clients.answers,
    earlyAcks: watched.earlyAcks,
    handedOver: watched.handedOver,
    calledAgain: watched.calledAgain,
    operate: (operation) => sweeper.operate(operation),
    register: (n) => clients.register(n),
    update: (n, edit) => clients.update(n, edit),
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
