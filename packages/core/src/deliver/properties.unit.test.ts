import * as fc from 'fast-check'
import { LEASE_MS } from '../model/budget.ts'
import { dueAtOf, type DeliveryTrigger } from '../model/delivery-row.ts'
import type { Outcome } from './outcome.ts'
import { SETTINGS } from '../testing/samples.ts'
import {
  advance,
  call,
  claim,
  crash,
  createRowWorld,
  park,
  read,
  restart,
  settle,
  type RowWorld,
} from '../testing/row-world.ts'

/** What can happen next; plain data, so that a counterexample can be read. `back` counts from the newest version. */
type Step =
  | { step: 'register' | 'pause or resume' | 'restart' }
  | { step: 'advance'; ms: number }
  | { step: 'read' | 'read and claim'; worker: number; back: number; trigger: DeliveryTrigger }
  | { step: 'claim' | 'settle' | 'crash'; worker: number }
  | { step: 'call'; worker: number; outcome: Outcome; landsAfterMs: number | undefined }
  | { step: 'dead letter'; back: number }

const workerOf = (world: RowWorld, index: number) => {
  const found = world.workers[index]
  if (!found) throw new Error(`There is no worker ${index}`)
  return found
}

// A push carries any version; the sweeper always sends the newest.
const versionOf = (world: RowWorld, back: number, trigger: DeliveryTrigger): number =>
  Math.max(1, world.centerVersion - (trigger.kind === 'push' ? back : 0))

const take = (world: RowWorld, taken: Step): void => {
  switch (taken.step) {
    case 'register':
      world.centerVersion += 1
      return
    case 'pause or resume':
      world.paused = !world.paused
      return
    case 'restart':
      return restart(world)
    case 'advance':
      return advance(world, taken.ms)
    case 'read':
    case 'read and claim': {
      const worker = workerOf(world, taken.worker)
      read(world, worker, versionOf(world, taken.back, taken.trigger), taken.trigger)
      return taken.step === 'read' ? undefined : claim(world, worker)
    }
    case 'claim':
      return claim(world, workerOf(world, taken.worker))
    case 'call':
      return call(world, workerOf(world, taken.worker), taken.outcome, taken.landsAfterMs)
    case 'settle':
      return settle(world, workerOf(world, taken.worker))
    case 'crash':
      return crash(workerOf(world, taken.worker))
    case 'dead letter':
      return park(world, versionOf(world, taken.back, { kind: 'push' }))
    default:
      return taken satisfies never
  }
}

const failure = (kind: Exclude<Outcome['kind'], 'delivered'>) => ({ kind, cause: kind, message: kind })
const outcomes = fc.oneof(
  fc.constantFrom<Outcome>(
    { kind: 'delivered' },
    failure('rejected'),
    failure('misconfigured'),
    failure('unknown'),
    failure('transient'),
  ),
  fc.nat(700_000).map((retryAfterMs): Outcome => ({ ...failure('transient'), retryAfterMs })),
)
const bys = fc.constantFrom<DeliveryTrigger>(
  { kind: 'push' },
  { kind: 'push' },
  { kind: 'recovery' },
  { kind: 'reconcile' },
  { kind: 'redrive', id: 'r-1', force: false },
  { kind: 'redrive', id: 'r-1', force: true },
)
const times = fc.constantFrom(1, 1_000, 20_000, 44_999, 45_001, 60_000, 74_999, 75_000, 600_000, 1_300_000)
const few = fc.nat(2)

const one = <Name extends Step['step']>(step: Name) => fc.constant(step)
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        step: fc.constantFrom('register' as const, 'pause or resume' as const, 'restart' as const),
      }),
    },
    { weight: 5, arbitrary: fc.record({ step: one('advance'), ms: times }) },
    { weight: 4, arbitrary: fc.record({ step: one('read'), worker: few, back: few, trigger: bys }) },
    { weight: 4, arbitrary: fc.record({ step: one('claim'), worker: few }) },
    {
      weight: 8,
      arbitrary: fc.record({ step: one('read and claim'), worker: few, back: few, trigger: bys }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        step: one('call'),
        worker: few,
        outcome: outcomes,
        landsAfterMs: fc.option(fc.nat(29_999), { nil: undefined }),
      }),
    },
    { weight: 6, arbitrary: fc.record({ step: one('settle'), worker: few }) },
    { weight: 2, arbitrary: fc.record({ step: one('crash'), worker: few }) },
    { weight: 2, arbitrary: fc.record({ step: one('dead letter'), back: few }) },
  ),
  { minLength: 5, maxLength: 60, size: 'max' },
)

/** From now on every call succeeds and only the sweeper works: how long until the newest version is done. */
const drainMs = (world: RowWorld): number => {
  for (const worker of world.workers) crash(worker)
  world.paused = false
  const startedAt = world.now
  const sweeper = workerOf(world, 0)
  for (let handOvers = 0; handOvers < 20; handOvers++) {
    const row = world.stored?.row
    const isCurrent = row?.version === world.centerVersion
    if (isCurrent && (row.state === 'delivered' || row.state === 'rejected')) return world.now - startedAt
    advance(world, Math.max(0, (isCurrent ? (dueAtOf(row) ?? NaN) : 0) - world.now))
    read(world, sweeper, world.centerVersion, { kind: isCurrent ? 'recovery' : 'reconcile' })
    claim(world, sweeper)
    call(world, sweeper, { kind: 'delivered' })
    settle(world, sweeper)
    advance(world, 60_000)
  }
  throw new Error('Broken: the backlog comes back')
}

const follow = (skewsMs: readonly number[], taken: readonly Step[]): number => {
  const world = createRowWorld(skewsMs)
  for (const step of taken) take(world, step)
  return drainMs(world)
}

describe('whatever workers, sweeper, broker and people do to one row, in whatever order', () => {
  test('every promise holds after each step, and the newest version is delivered in the end', () => {
    const property = fc.property(steps, (taken) => {
      // At worst: until the row is due, then a time that the downstream asked for, a sweep a minute.
      expect(follow([0, 0, 0], taken)).toBeLessThanOrEqual(
        3 * SETTINGS.retry.maxBackoffMs + LEASE_MS + 120_000,
      )
    })
    fc.assert(property, { numRuns: 8_000 })
  })

  test('leases, acknowledgements and transitions hold although wall clocks differ by days', () => {
    const skew = fc.constantFrom(0, -600_000, 600_000, -86_400_000, 86_400_000)
    const property = fc.property(fc.tuple(skew, skew, skew), steps, (skewsMs, taken) => {
      follow(skewsMs, taken)
    })
    fc.assert(property, { numRuns: 2_000 })
  })
})
