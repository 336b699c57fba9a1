import type { ShownState } from '../model/delivery-filter.ts'
import type { Redrive, RedriveRequest } from '../model/redrive.ts'
import { createRateBudgets } from '../recovery/rate-budget.ts'
import { createDeliver } from '../deliver/deliver.ts'
import type { DeliveryTrigger } from '../model/delivery-row.ts'
import type { Outcome } from '../deliver/outcome.ts'
import type { IntegrationState } from '../ports/index.ts'
import { newRedrive } from './redrive.ts'
import { progressOf } from './redrive-steps.ts'
import { createRunRedrives } from './run-redrives.ts'
import {
  centerOf,
  createTestCenters,
  createTestClock,
  createTestIds,
  createTestLedger,
  NOW,
  rowIn,
  SETTINGS,
  TRACEPARENT,
} from '../testing/in-memory.ts'
import { createTestRedrives, createTestSearch } from '../testing/operations.ts'

const MAAS = SETTINGS.name
const DELIVERED: Outcome = { kind: 'delivered' }
const DOWN: Outcome = { kind: 'transient', cause: 'http-503', message: 'away' }
const REFUSED: Outcome = { kind: 'rejected', cause: 'rejected:x', message: 'no' }

/** `count` centers whose rows at maas are as given, and a system that answers as `answer` says. */
const createScene = (count: number, state: ShownState = 'parked') => {
  const clock = createTestClock()
  const ledger = createTestLedger(clock)
  const centers = createTestCenters()
  const redrives = createTestRedrives()
  const states = new Map<string, IntegrationState>()
  const called: { centerId: string; trigger: DeliveryTrigger; at: number }[] = []
  const scene = {
    answer: (_centerId: string): Outcome => DELIVERED,
    beforeCall: async () => {},
    dies: false,
    /** The integration has not heard of a resume yet. */
    stillHolds: false,
  }
  const centerIds = Array.from({ length: count }, (_, index) => `c${index}`)
  for (const centerId of centerIds) {
    centers.put({ center: centerOf(1, centerId), requestId: 'r', traceparent: TRACEPARENT })
    if (state !== 'waiting')
      ledger.put({ ...rowIn(state, { dueAt: NOW + 9e6, lastAttemptAt: NOW - 1 }), centerId })
  }
  const read = async (name: string) => states.get(name)
  const deliver = createDeliver({
    settings: SETTINGS,
    ledger,
    clock,
    ids: createTestIds(),
    isPaused: async () => scene.stillHolds || (await read(MAAS))?.paused !== undefined,
    call: async (event) => {
      await scene.beforeCall()
      return scene.answer(event.subject)
    },
  })
  const budgets = createRateBudgets(clock)
  const build = () =>
    createRunRedrives({
      redrives,
      search: createTestSearch(centers, ledger, [MAAS]),
      centers,
      ledger,
      states: { read },
      clock,
      ids: createTestIds(),
      budgets,
      integrations: [SETTINGS],
      handOver: async (_name, event, trigger) => {
        if (scene.dies) throw new Error('the process dies')
        called.push({ centerId: event.subject, trigger, at: clock.now() })
        return deliver(event, trigger, new AbortController().signal)
      },
    })
  const ask = async (
    id: string,
    overrides: Partial<RedriveRequest> & { states?: readonly ShownState[] } = {},
  ) => {
    const { states: wanted = ['parked', 'rejected'], ...rest } = overrides
    const request = {
      reason: 'mended',
      requestedBy: 'ana',
      force: false,
      ...rest,
      filter: { integration: MAAS, states: wanted },
    }
    await redrives.create(newRedrive(request, { id, now: clock.now(), total: count, integrations: [MAAS] }))
  }
  const one = async (id: string): Promise<Redrive> => {
    const found = await redrives.read(id)
    if (!found) throw new Error('There is no such redrive')
    return found.redrive
  }
  const stateOf = (centerId: string) => ledger.rowOf({ integration: MAAS, centerId })?.state
  return {
    scene,
    clock,
    ledger,
    redrives,
    states,
    called,
    centerIds,
    run: build(),
    build,
    budgets,
    ask,
    one,
    stateOf,
  }
}

const FAR = 10_000_000

test('a canary first, then 1, 2, 4, 8 ... up to the cap; every row once, and then it is done', async () => {
  const { redrives, called, run, ask, one } = createScene(60)
  await ask('r', { rampCap: 8 })
  await run(FAR)
  expect(progressOf(await one('r'))).toMatchObject({
    total: 60,
    delivered: 60,
    failed: 0,
    skipped: 0,
    remaining: 0,
  })
  expect((await one('r')).state).toBe('done')
  expect(new Set(called.map(({ centerId }) => centerId)).size).toBe(60)
  expect(called).toHaveLength(60)
  const windows = redrives.written
    .map(({ lanes }) => lanes[0]?.sending.length ?? 0)
    .filter((size) => size > 0)
  expect(windows.slice(0, 7)).toEqual([1, 1, 2, 4, 8, 8, 8])
})

test('never more in a second than the rate that was asked for', async () => {
  const { called, run, ask } = createScene(40)
  await ask('r', { ratePerSecond: 10 })
  await run(FAR)
  expect(called).toHaveLength(40)
  const first = called[0]?.at ?? 0
  expect((called.at(-1)?.at ?? 0) - first).toBeGreaterThan(2_000)
})

test('each hand-over says which redrive asked, and the row’s history keeps it', async () => {
  const { called, ledger, run, ask } = createScene(1)
  await ask('r')
  await run(FAR)
  expect(called.map(({ trigger }) => trigger)).toEqual([{ kind: 'redrive', id: 'r', force: false }])
  expect(ledger.rowOf({ integration: MAAS, centerId: 'c0' })?.history.at(-1)?.trigger).toBe('redrive:r')
})

test('a system that is down gets one canary at a time, with growing gaps', async () => {
  const { scene, clock, called, run, ask, one } = createScene(20)
  scene.answer = () => DOWN
  await ask('r')
  await run(clock.monotonic() + 3 * SETTINGS.recovery.minIntervalMs)
  const gaps = called.map(({ at }, index) => at - (called[index - 1]?.at ?? at))
  expect(gaps.slice(1)).toEqual([60_000])
  expect(await one('r')).toMatchObject({ state: 'running', failed: 2 })
})

test('refusals count as failed and do not slow the ramp: the system works', async () => {
  const { scene, run, ask, one } = createScene(30)
  scene.answer = (centerId) => (Number(centerId.slice(1)) % 2 === 0 ? REFUSED : DELIVERED)
  await ask('r')
  await run(FAR)
  expect(await one('r')).toMatchObject({ state: 'done', delivered: 15, failed: 15 })
})

test('two redrives at once: each row is called once, and counts as skipped for the other', async () => {
  const { called, run, ask, one } = createScene(30)
  await ask('first')
  await ask('second')
  await Promise.all([run(FAR), run(FAR)])
  await run(FAR)
  expect(called).toHaveLength(30)
  const [first, second] = [await one('first'), await one('second')]
  expect(first.delivered + second.delivered).toBe(30)
  expect(first.skipped + second.skipped).toBe(30)
})

test('with force, two redrives at once still send each row once: what was tried since is left alone', async () => {
  const { called, clock, run, ask, one } = createScene(10, 'delivered')
  await ask('first', { force: true, states: ['delivered'] })
  await ask('second', { force: true, states: ['delivered'] })
  clock.advance(1)
  await run(FAR)
  await run(FAR)
  expect(called).toHaveLength(10)
  expect((await one('second')).skipped).toBe(10)
})

test('rows that others have dealt with cost no step each', async () => {
  const { redrives, run, ask, one, clock } = createScene(150)
  await ask('first')
  await ask('second')
  clock.advance(1)
  await run(FAR)
  expect(await one('second')).toMatchObject({ state: 'done', skipped: 150 })
  expect(redrives.written.filter(({ id }) => id === 'second').length).toBeLessThan(5)
})

test('a paused integration makes it wait; nothing is skipped for it', async () => {
  const { states, called, run, ask, one } = createScene(5)
  states.set(MAAS, { paused: { by: 'ana', at: 1, reason: 'x' } })
  await ask('r')
  await run(FAR)
  expect(called).toHaveLength(0)
  expect(progressOf(await one('r'))).toMatchObject({ remaining: 5, skipped: 0 })
  states.delete(MAAS)
  await run(FAR)
  expect(await one('r')).toMatchObject({ state: 'done', delivered: 5 })
})

test('a pause between the taking and the call leaves the row with the redrive, until the resume', async () => {
  const { scene, states, run, build, ask, one } = createScene(1)
  await ask('r')
  scene.dies = true
  await run(FAR)
  scene.dies = false
  states.set(MAAS, { paused: { by: 'ana', at: 1, reason: 'x' } })
  await build()(FAR)
  expect(progressOf(await one('r'))).toMatchObject({ inFlight: 1, skipped: 0 })
  states.delete(MAAS)
  await build()(FAR)
  expect(await one('r')).toMatchObject({ state: 'done', delivered: 1 })
})

test('a refused row that the integration still holds after a resume is not skipped: nobody else would bring it', async () => {
  const { scene, run, ask, one } = createScene(3, 'rejected')
  await ask('r')
  scene.stillHolds = true
  await run(FAR)
  expect(progressOf(await one('r'))).toMatchObject({ skipped: 0, delivered: 0 })
  scene.stillHolds = false
  await run(FAR)
  expect(await one('r')).toMatchObject({ state: 'done', delivered: 3, skipped: 0 })
})

test('a parked row that is held is skipped: recovery brings it', async () => {
  const { scene, run, ask, one } = createScene(2)
  await ask('r')
  scene.stillHolds = true
  await run(FAR)
  expect(await one('r')).toMatchObject({ state: 'done', skipped: 2 })
})

test('paused it takes nothing more; resumed it goes on where it was', async () => {
  const { scene, redrives, called, run, ask, one } = createScene(20)
  await ask('r', { rampCap: 2 })
  scene.beforeCall = async () => {
    const found = await redrives.read('r')
    if (found?.redrive.state === 'running' && called.length >= 5)
      await redrives.update({ ...found.redrive, state: 'paused' }, found.revision)
  }
  await run(FAR)
  const paused = await one('r')
  expect(paused.state).toBe('paused')
  expect(progressOf(paused)).toMatchObject({ inFlight: 0, delivered: called.length })
  expect(called.length).toBeLessThan(8)
  scene.beforeCall = async () => {}
  await redrives.update({ ...paused, state: 'running' }, (await redrives.read('r'))?.revision ?? '')
  await run(FAR)
  expect(await one('r')).toMatchObject({ state: 'done', delivered: 20 })
  expect(called).toHaveLength(20)
})

test('at a low rate a pause is heard in the midst of a window', async () => {
  const { scene, redrives, called, run, ask, one } = createScene(60)
  await ask('r', { ratePerSecond: 1 })
  scene.beforeCall = async () => {
    const found = await redrives.read('r')
    if (found?.redrive.state === 'running' && called.length >= 17)
      await redrives.update({ ...found.redrive, state: 'paused' }, found.revision)
  }
  await run(FAR)
  expect((await one('r')).state).toBe('paused')
  // Two a part at this rate: its other one may have begun.
  expect(called.length).toBeLessThan(20)
})

describe('after a crash', () => {
  /** A redrive that has taken its rows, in a process that is gone. */
  const crashed = async (force = false, state: 'parked' | 'delivered' = 'parked') => {
    const made = createScene(3, state)
    await made.ask('r', { force, ...(force ? { states: ['delivered'] as const } : {}) })
    const found = await made.redrives.read('r')
    const lanes = found?.redrive.lanes.map((lane) => ({ ...lane, exhausted: true, sending: made.centerIds }))
    if (found && lanes) await made.redrives.update({ ...found.redrive, lanes }, found.revision)
    return made
  }
  const settledRow = (state: 'delivered' | 'parked') =>
    rowIn(state, {
      lastAttemptAt: NOW + 5,
      history: [
        {
          at: new Date(NOW + 5).toISOString(),
          version: 1,
          trigger: 'redrive:r',
          durationMs: 1,
          result: state === 'delivered' ? 'delivered' : 'transient',
        },
      ],
    })

  test('what was taken and not sent is sent by the next sweep', async () => {
    const { called, build, one } = await crashed()
    await build()(FAR)
    expect(called).toHaveLength(3)
    expect(await one('r')).toMatchObject({ state: 'done', delivered: 3 })
  })

  test('what was settled is counted from the row’s own history, and not sent again, not even with force', async () => {
    const { ledger, called, build, one } = await crashed(true, 'delivered')
    ledger.put({ ...settledRow('delivered'), centerId: 'c0' })
    ledger.put({ ...settledRow('parked'), centerId: 'c1' })
    await build()(FAR)
    expect(called.map(({ centerId }) => centerId)).toEqual(['c2'])
    expect(await one('r')).toMatchObject({ state: 'done', delivered: 2, failed: 1 })
  })

  test('a lease that nobody holds any more is taken over', async () => {
    const { ledger, clock, called, build, one } = await crashed()
    ledger.put({ ...rowIn('delivering', { lastAttemptAt: NOW + 1 }), centerId: 'c0' })
    clock.advance(76_000)
    await build()(FAR)
    expect(called).toHaveLength(3)
    expect(await one('r')).toMatchObject({ state: 'done', delivered: 3 })
  })

  test('a lease that somebody holds is theirs: skipped and counted', async () => {
    const { ledger, called, build, one } = await crashed()
    ledger.put({ ...rowIn('delivering', { lastAttemptAt: NOW + 1 }), centerId: 'c0' })
    await build()(FAR)
    expect(called.map(({ centerId }) => centerId)).not.toContain('c0')
    expect(await one('r')).toMatchObject({ state: 'done', delivered: 2, skipped: 1 })
  })

  test('one that was cancelled meanwhile sends nothing, and still counts what it had done', async () => {
    const { redrives, ledger, called, build, one } = await crashed()
    ledger.put({ ...settledRow('delivered'), centerId: 'c0' })
    const found = await redrives.read('r')
    if (found) await redrives.update({ ...found.redrive, state: 'cancelled' }, found.revision)
    await build()(FAR)
    expect(called).toHaveLength(0)
    expect(progressOf(await one('r'))).toMatchObject({ delivered: 1, skipped: 2, inFlight: 0 })
  })
})

test('one that was paused while it waited for its window keeps what it had taken, and sends it when it is resumed', async () => {
  const { scene, clock, redrives, called, run, ask, one } = createScene(2, 'rejected')
  const changeTo = async (state: Redrive['state']) => {
    const found = await redrives.read('r')
    if (found) await redrives.update({ ...found.redrive, state }, found.revision)
  }
  await ask('r')
  scene.dies = true
  await run(clock.monotonic() + 1000)
  expect(progressOf(await one('r'))).toMatchObject({ inFlight: 1 })
  scene.dies = false
  await changeTo('paused')
  await run(clock.monotonic() + 1000)
  expect(progressOf(await one('r'))).toMatchObject({ inFlight: 1, skipped: 0 })
  expect(called).toHaveLength(0)
  await changeTo('running')
  await run(FAR)
  expect(await one('r')).toMatchObject({ state: 'done', delivered: 2, skipped: 0 })
})

test('an endpoint that cannot be reached loses no row: its turn comes again after the gap', async () => {
  const { scene, clock, run, ask, one } = createScene(4)
  await ask('r')
  scene.dies = true
  await run(clock.monotonic() + 1000)
  expect(progressOf(await one('r'))).toMatchObject({ inFlight: 1, failed: 0, phase: 'canary' })
  scene.dies = false
  await run(FAR)
  expect(await one('r')).toMatchObject({ state: 'done', delivered: 4 })
})

test('after the deadline nothing begins', async () => {
  const { clock, called, run, ask } = createScene(4)
  await ask('r')
  clock.advance(100)
  await run(100)
  expect(called).toHaveLength(0)
})

test('a backfill sends centers that have no row', async () => {
  const { run, ask, one, stateOf } = createScene(4, 'waiting')
  await ask('r', { states: ['waiting'] })
  await run(FAR)
  expect(await one('r')).toMatchObject({ state: 'done', delivered: 4 })
  expect(stateOf('c3')).toBe('delivered')
})

test('waits for what recovery has spent of the integration’s rate', async () => {
  const { called, run, ask, budgets } = createScene(1)
  await ask('r')
  budgets.take(SETTINGS, 100)
  await run(FAR)
  expect(called.map(({ at }) => at)).toEqual([NOW + 500])
})

test('spends no more of the rate than fits before the deadline, so that the next sweep need not wait', async () => {
  const { called, run, ask, budgets, clock } = createScene(60)
  await ask('r')
  const deadline = clock.monotonic() + 100
  await run(deadline)
  expect(called).toHaveLength(20)
  expect(clock.monotonic() + budgets.waitMs(SETTINGS)).toBe(deadline)
})
