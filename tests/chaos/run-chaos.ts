import { Summary } from '@mensageria/contracts'
import { check, type CheckResult } from '@mensageria/testkit'
import { createRandom } from '../simulation/random.ts'
import { gather } from '../support/promises.ts'
import { SYSTEMS } from '../support/system.ts'
import { drain } from './drain.ts'
import { startLoad, type LoadLog, type LoadOptions } from './load.ts'
import { runNemesis, type DoneFault } from './nemesis.ts'
import { planFaults } from './plan-faults.ts'
import type { World } from './world.ts'

export type ChaosOptions = LoadOptions & {
  seed: number
  /** How long faults are put in. */
  forMs: number
  /** How long after the last fault everything may take to come to its end. */
  patienceMs: number
  say: (text: string) => void
}

/** What broke, in the words of the checker and a few more; every list is empty where all promises were kept. */
export type Violations = Record<
  keyof CheckResult | 'wronglyRefused' | 'died' | 'wrongEnd' | 'unbalanced',
  string[]
>

export type ChaosResult = {
  seed: number
  seconds: number
  drainSeconds: number
  load: LoadLog
  deliveries: Record<string, number>
  effects: Record<string, number>
  /** From the first 2xx answer to the effect, in milliseconds, for each system. */
  latenciesMs: Record<string, number[]>
  faults: DoneFault[]
  violations: Violations
}

const latenciesOf = ({ simulator }: World, { acceptedAt }: LoadLog) =>
  Object.fromEntries(
    SYSTEMS.map((name) => [
      name,
      simulator.effects(name).flatMap(({ centerId, version, at }) => {
        const accepted = acceptedAt.get(`${centerId}:${version}`)
        // An effect may be there before an answer that had to be asked for twice.
        return accepted === undefined ? [] : [Math.max(0, Date.parse(at) - accepted)]
      }),
    ]),
  )

const unbalancedIn = async ({ url, downstreams }: World): Promise<string[]> => {
  const answer = await fetch(`${url}/v1/summary`)
  // Where the operations API is another process, what it counts is not on this address.
  if (answer.status === 404) return []
  const { accepted, deliveries } = Summary.parse(await answer.json())
  const sum = Object.values(deliveries).reduce((all, n) => all + n, 0)
  return sum === accepted * downstreams.integrations.length
    ? []
    : [`${accepted} centers, and ${sum} deliveries in all states`]
}

/** Load and faults together, then healing, draining and the checker. A seed names the faults, not the timing of processes. */
export const runChaos = async (world: World, options: ChaosOptions): Promise<ChaosResult> => {
  const { seed, forMs, perSecond, patienceMs, say } = options
  const planned = planFaults(createRandom(seed), world, forMs)
  say(`Seed ${seed}: ${planned.length} faults in ${forMs / 1000} s, ${perSecond} requests a second`)
  const startedAt = performance.now()
  const load = startLoad(world.client, world.clientUrl, createRandom(seed + 1), options)
  const { done, wrong } = await runNemesis({
    world,
    load: load.log,
    random: createRandom(seed + 2),
    planned,
    say,
  })
  await load.stop()
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  say(`Healed after ${seconds} s, ${load.log.acceptedAt.size} versions accepted. Draining ...`)
  const { tookMs } = await drain(world.url, load.log.newest, patienceMs, say)

  const gathered = await gather(world, world.url, world.downstreams)
  const found = check(gathered)
  const inWords = (kind: keyof CheckResult) =>
    found[kind].map(({ integration, centerId, version = '' }) => `${integration} ${centerId}:${version}`)
  const deliveries: Record<string, number> = {}
  for (const { state } of gathered.deliveries) deliveries[state] = (deliveries[state] ?? 0) + 1
  return {
    seed,
    seconds,
    drainSeconds: Math.round(tookMs / 1000),
    load: load.log,
    deliveries,
    effects: Object.fromEntries(
      gathered.integrations.map((name) => [
        name,
        gathered.effects.filter(({ system }) => system === name).length,
      ]),
    ),
    latenciesMs: latenciesOf(world, load.log),
    faults: done,
    violations: {
      lost: inWords('lost'),
      duplicated: inWords('duplicated'),
      unexpected: inWords('unexpected'),
      stuck: inWords('stuck'),
      nonMonotonic: inWords('nonMonotonic'),
      invisible: inWords('invisible'),
      wronglyRefused: load.log.wronglyRefused,
      died: world.died,
      wrongEnd: wrong,
      unbalanced: await unbalancedIn(world),
    },
  }
}
