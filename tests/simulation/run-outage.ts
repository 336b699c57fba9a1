import { findingsOf, isFinished } from './run-seed.ts'
import { createWorld } from './world.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const CENTERS = 24

/** How an outage ended; the counts are of the system that was away. */
export type OutageResult = {
  findings: string[]
  /** Whether everything came to its end, and how many virtual minutes after the system was back. */
  isDone: boolean
  backMinutes: number
  /** Rows that the sweeper owned at the end of the outage, and the states of all others. */
  parked: number
  others: string[]
  callsWhileDown: number
  effectsWhileDown: number
  effects: number
  refused: number
  /** What a person did. */
  operations: number
}

/**
 * One system is away for three virtual days, far past the end of the broker's attempts, while centers go on being
 * registered and changed under the seed's crashes, losses and duplicates. Nobody does anything.
 */
export const runOutage = async (seed: number, name = 'dmitri'): Promise<OutageResult> => {
  const world = createWorld(seed)
  const { scheduler, random, stored } = world
  for (const [system, downstream] of world.downstreams) {
    if (system === name) downstream.fail()
    else downstream.heal()
  }
  const away = world.downstreams.get(name)
  if (!away) throw new Error(`Nobody is called ${name}`)
  let open = 0
  const plan = (at: number, work: () => Promise<void>) => {
    open += 1
    scheduler.at(at, () => void work().then(() => (open -= 1)))
  }
  for (let n = 1; n <= CENTERS; n++) {
    const at = random.between(0, 2 * DAY)
    plan(at, () => world.register(n))
    if (random.chance(0.3)) plan(at + random.between(MINUTE, DAY), () => world.update(n, 1))
  }
  world.startSweeps()
  await scheduler.run(3 * DAY, () => false)
  const rows = [...stored.rows.values()]
    .map(({ row }) => row)
    .filter(({ integration }) => integration === name)
  const atEnd = {
    parked: rows.filter(({ state }) => state === 'parked').length,
    others: rows.map(({ state }) => state).filter((state) => state !== 'parked'),
    callsWhileDown: away.spans.length,
    effectsWhileDown: away.effects.length,
  }
  world.heal()
  const isDone = await scheduler.run(4 * DAY, () => open === 0 && isFinished(world))
  const ended = [...stored.rows.values()].filter(({ row }) => row.integration === name)
  return {
    findings: await findingsOf(world),
    isDone,
    backMinutes: Math.round((scheduler.elapsed() - 3 * DAY) / MINUTE),
    ...atEnd,
    effects: away.effects.length,
    refused: ended.filter(({ row }) => row.state === 'rejected').length,
    operations: [...stored.redrives.values()].filter(({ redrive }) => redrive.requestedBy !== 'system')
      .length,
  }
}
