import {
  isOwed,
  LEASE_MS,
  sumOf,
  toDelivery,
  type IntegrationSettings,
  type ShownState,
} from '@mensageria/core'
import { check, type CheckResult } from '@mensageria/testkit'
import { scheduleClockJumps } from './clock-jumps.ts'
import type { CallSpan } from './downstream.ts'
import { drawListChange, scheduleListChange } from './list-changes.ts'
import type { Sabotage } from './sabotage.ts'
import { createWorld, type World } from './world.ts'

/** How a seed ended: `findings` names what was broken; empty where every promise was kept. */
export type SeedResult = {
  seed: number
  findings: string[]
  calls: number
  effects: number
  /** Virtual minutes from the end of the faults to the end of all work. */
  healedMinutes: number
}

const MINUTE = 60_000
// L5: the longest gap is that between two checks of an event, 6 h, and no clock that jumped makes it longer.
const PATIENCE_MS = 7 * 60 * MINUTE

const rowAt = ({ stored }: World, name: string, centerId: string) =>
  stored.rows.get(`${name}~${centerId}`)?.row

/** Whether an integration of the list of now owes a center. */
const owesIn = (world: World) => {
  const list = world.settings()
  return (name: string, centerId: string): boolean => {
    const settings = list.find((one) => one.name === name)
    const stored = world.stored.centers.get(centerId)
    if (!settings || !stored) return false
    return isOwed(settings, {
      row: rowAt(world, name, centerId),
      createdAt: Date.parse(stored.center.createdAt),
    })
  }
}

/** Whether everything has come to its end: every event closed, every newest version that is owed delivered or refused. */
export const isFinished = (world: World): boolean => {
  const { stored } = world
  for (const { nextCheckAt } of stored.events.values()) if (nextCheckAt !== undefined) return false
  for (const { redrive } of stored.redrives.values())
    if (redrive.open || redrive.state === 'paused') return false
  const owes = owesIn(world)
  for (const { center } of stored.centers.values()) {
    for (const { name } of world.settings()) {
      if (!owes(name, center.id)) continue
      const row = rowAt(world, name, center.id)
      if (row?.version !== center.version) return false
      if (row.state !== 'delivered' && row.state !== 'rejected') return false
    }
  }
  return true
}

// I7: while a lease is live nobody else calls.
const overlapping = (spans: readonly CallSpan[]): CallSpan[] => {
  const last = new Map<string, CallSpan>()
  return spans.filter((span) => {
    const key = `${span.system} ${span.centerId}`
    const before = last.get(key)
    last.set(key, span)
    // A second for what lies between a claim and its call.
    return before !== undefined && span.from < before.to && span.from < before.from + LEASE_MS - 1_000
  })
}

// L3: recovery and redrives together keep to the rate. A second for what lies between the budget and the call.
const tooFast = (
  { handedOver, starts, overlaps }: World,
  { name, recovery }: IntegrationSettings,
): string[] => {
  const times = handedOver.flatMap(({ system, at }) => (system === name ? [at] : []))
  return times.flatMap((from, first) =>
    times.slice(first).flatMap((to, more) => {
      // A process that died takes its budget along: the next one may begin with a window.
      const windows = 1 + starts.filter((at) => at > from && at <= to).length
      // In a deploy two sweep, each with a budget of its own; its last sweep goes on for a minute.
      const processes = 1 + overlaps.filter((one) => one.from <= to && from <= one.to + MINUTE).length
      const seconds = (to - from + 1_000) / 1_000
      const allowed = seconds * recovery.ratePerSecond * processes + windows * recovery.windowMax
      return more + 1 > allowed ? [`too fast: ${name} was called ${more + 1} times in ${to - from} ms`] : []
    }),
  )
}

// I8 and I12: the states of every integration add up to what it owes, and nothing that is owed waits for nobody.
const unbalanced = async (world: World): Promise<string[]> => {
  const { stats } = world.engine()
  const unaccounted = await stats.count(world.scheduler.clock.now())
  const { owed } = await stats.totals()
  const found = await Promise.all(
    world.settings().map(async ({ name }) => {
      const { counts } = await stats.ofIntegration(name)
      return sumOf(counts) === owed[name]
        ? []
        : [`not balanced: ${name} owes ${owed[name]}, has ${sumOf(counts)}`]
    }),
  )
  const inFlight = [...world.stored.redrives.values()].flatMap(({ redrive, lanes }) =>
    !redrive.open && redrive.state !== 'paused' && lanes.some(({ lane }) => lane.sending.length > 0)
      ? [`ended with rows in flight: redrive ${redrive.id}, ${redrive.state}`]
      : [],
  )
  return [...found.flat(), ...inFlight, ...unaccounted.map((one) => `unaccounted ${JSON.stringify(one)}`)]
}

/** What was broken, in words; empty where every promise was kept. */
export const findingsOf = async (world: World): Promise<string[]> => {
  const { stored, downstreams, answers, all: every } = world
  const settings = world.settings()
  const owes = owesIn(world)
  const centers = [...stored.centers.values()].map(({ center }) => center)
  const all = [...downstreams.values()]
  // Every version that exists was asked for by a client, whether or not it heard the answer.
  const unanswered = centers.flatMap(({ id: centerId, version }) =>
    Array.from({ length: version }, (_, index) => ({ centerId, version: index + 1 })),
  )
  const result: CheckResult = check({
    integrations: every.map(({ name }) => name),
    owes,
    answers,
    unanswered,
    deliveries: centers.flatMap((center) =>
      settings
        .filter(({ name }) => owes(name, center.id))
        .map((one) => toDelivery(rowAt(world, one.name, center.id), center, one)),
    ),
    effects: all.flatMap(({ effects }) => effects),
  })
  return [
    ...Object.entries(result).flatMap(([kind, found]) =>
      found.map((one) => `${kind} ${JSON.stringify(one)}`),
    ),
    ...world.earlyAcks.map((message) => `acknowledged too early: ${message}`),
    ...world.calledAgain.map((call) => `called again: ${call}`),
    ...every.flatMap((one) => tooFast(world, one).slice(0, 1)),
    ...(await unbalanced(world)),
    ...overlapping(all.flatMap(({ spans }) => spans)).map((span) => `overlap ${JSON.stringify(span)}`),
  ]
}

const scheduleWorkload = (world: World): (() => boolean) => {
  const { scheduler, random } = world
  // Now and then enough for a backlog that has to keep to the rate.
  const centers = random.chance(0.05) ? 24 : Math.floor(random.between(1, 4))
  let open = 0
  const plan = (at: number, work: () => Promise<void>) => {
    open += 1
    scheduler.at(at, () => void work().then(() => (open -= 1)))
  }
  for (let n = 1; n <= centers; n++) {
    const at = random.between(0, 2 * MINUTE)
    const edits = Math.floor(random.between(0, 3))
    plan(at, () => world.register(n))
    for (let edit = 1; edit <= edits; edit++)
      plan(at + random.between(1_000, 5 * MINUTE), () => world.update(n, edit))
  }
  return () => open === 0
}

// Operators request redrives while faults are active, and once more when all is fixed.
const scheduleRedrives = (world: World, untilMs: number) => {
  const { scheduler, random, all } = world
  const [first] = all
  if (!first || !random.chance(0.25)) return
  const force = random.chance(0.3)
  const ask = () => {
    const states = random.pick<readonly ShownState[]>([
      ['parked', 'rejected'],
      ['waiting', 'retrying'],
      force ? ['parked', 'delivered'] : ['parked'],
    ])
    const filter = { integration: first.name, states }
    const rampCap = random.pick([1, 8])
    void world
      .operate({ ask: { filter, reason: 'it is fixed', requestedBy: 'ana', force, rampCap } })
      .catch(() => undefined)
  }
  const act = (action: 'pause' | 'resume' | 'cancel') => () =>
    void world.operate({ act: action }).catch(() => undefined)
  for (const at of [random.between(0, untilMs), random.between(0, untilMs), untilMs]) scheduler.at(at, ask)
  if (random.chance(0.3)) scheduler.at(random.between(0, untilMs), act('pause'))
  if (random.chance(0.2)) scheduler.at(random.between(0, untilMs), act('cancel'))
  // By then nothing fails any more: what was paused goes on.
  scheduler.at(untilMs + MINUTE, act('resume'))
}

const schedulePause = (world: World, untilMs: number) => {
  const { scheduler, random, all } = world
  const [paused] = all
  if (paused && random.chance(0.2)) {
    const from = random.between(0, untilMs)
    scheduler.at(from, () => world.pause(paused.name, true))
    scheduler.at(from + random.between(MINUTE, 20 * MINUTE), () => world.pause(paused.name, false))
  }
}

/** Runs one seed: a workload under faults, then healing, then everything must come to its end. */
export const runSeed = async (seed: number, sabotage: Sabotage = 'none'): Promise<SeedResult> => {
  const world = createWorld(seed, sabotage)
  const { scheduler, random } = world
  const troubleMs = random.between(3, 12) * MINUTE
  scheduleListChange(world, drawListChange(random), troubleMs)
  const isAnswered = scheduleWorkload(world)
  schedulePause(world, troubleMs)
  scheduleClockJumps(world, troubleMs)
  scheduleRedrives(world, troubleMs)
  world.startSweeps()
  await scheduler.run(troubleMs, () => false)
  world.heal()
  const isDone = await scheduler.run(troubleMs + PATIENCE_MS, () => isAnswered() && isFinished(world))
  const findings = await findingsOf(world)
  const all = [...world.downstreams.values()]
  return {
    seed,
    findings: isDone ? findings : ['not finished within the longest gap', ...findings],
    calls: all.reduce((sum, { spans }) => sum + spans.length, 0),
    effects: all.reduce((sum, { effects }) => sum + effects.length, 0),
    healedMinutes: Math.round((scheduler.elapsed() - troubleMs) / MINUTE),
  }
}
