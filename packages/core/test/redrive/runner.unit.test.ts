import type { Outcome } from '../../src/deliver/outcome.ts'
import { NOW, rowIn, SETTINGS } from '../../src/testing/samples.ts'
import { createScene, MAAS } from './scene.ts'
import { newRedrive } from '../../src/redrive/decide.ts'

const DELIVERED: Outcome = { kind: 'delivered' }
const DOWN: Outcome = { kind: 'transient', cause: 'http-503', message: 'away' }
const REFUSED: Outcome = { kind: 'rejected', cause: 'rejected:x', message: 'no' }

const FAR = 10_000_000

test('a canary first, then 1, 2, 4, 8 ... up to the cap; every row once, and then it is done', async () => {
  const { sent, called, run, ask, shown } = createScene(60)
  await ask('r', { rampCap: 8 })
  await run(FAR)
  expect(await shown('r')).toMatchObject({
    total: 60,
    delivered: 60,
    failed: 0,
    skipped: 0,
    remaining: 0,
  })
  expect((await shown('r')).state).toBe('done')
  expect(new Set(called.map(({ centerId }) => centerId)).size).toBe(60)
  expect(called).toHaveLength(60)
  expect(sent.slice(0, 7)).toEqual([1, 1, 2, 4, 8, 8, 8])
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
  const { called, rowOf, run, ask } = createScene(1)
  await ask('r')
  await run(FAR)
  expect(called.map(({ trigger }) => trigger)).toEqual([{ kind: 'redrive', id: 'r', force: false }])
  expect(rowOf({ integration: MAAS, centerId: 'c0' })?.history.at(-1)?.trigger).toBe('redrive:r')
})

test('a system that is down gets one canary at a time, with growing gaps', async () => {
  const { scene, clock, called, run, ask, shown } = createScene(20)
  scene.answer = () => DOWN
  await ask('r')
  await run(clock.monotonic() + 3 * SETTINGS.recovery.minIntervalMs)
  const gaps = called.map(({ at }, index) => at - (called[index - 1]?.at ?? at))
  expect(gaps.slice(1)).toEqual([60_000])
  expect(await shown('r')).toMatchObject({ state: 'running', failed: 2 })
})

test('refusals count as failed and do not slow the ramp: the system works', async () => {
  const { scene, run, ask, shown } = createScene(30)
  scene.answer = (centerId) => (Number(centerId.slice(1)) % 2 === 0 ? REFUSED : DELIVERED)
  await ask('r')
  await run(FAR)
  expect(await shown('r')).toMatchObject({ state: 'done', delivered: 15, failed: 15 })
})

test('two redrives at once: each row is called once, and counts as skipped for the other', async () => {
  const { called, run, ask, shown } = createScene(30)
  await ask('first')
  await ask('second')
  await Promise.all([run(FAR), run(FAR)])
  await run(FAR)
  expect(called).toHaveLength(30)
  const [first, second] = [await shown('first'), await shown('second')]
  expect(first.delivered + second.delivered).toBe(30)
  expect(first.skipped + second.skipped).toBe(30)
})

test('with force, two redrives at once still send each row once: what was tried since is left alone', async () => {
  const { called, clock, run, ask, shown } = createScene(10, 'delivered')
  await ask('first', { force: true, states: ['delivered'] })
  await ask('second', { force: true, states: ['delivered'] })
  clock.advance(1)
  await run(FAR)
  await run(FAR)
  expect(called).toHaveLength(10)
  expect((await shown('second')).skipped).toBe(10)
})

test('rows that others have dealt with cost no step each', async () => {
  const { calls, run, ask, shown, changeTo, clock } = createScene(150)
  await ask('first')
  await ask('second', { states: ['delivered'], force: true })
  await changeTo('second', 'paused')
  clock.advance(1)
  await run(FAR)
  const before = calls.filter((call) => call === 'redrives.writeLane').length
  await changeTo('second', 'running')
  await run(FAR)
  expect(await shown('second')).toMatchObject({ state: 'done', skipped: 150 })
  expect(calls.filter((call) => call === 'redrives.writeLane').length - before).toBeLessThan(10)
})

test('a paused integration makes it wait; nothing is skipped for it', async () => {
  const { states, called, run, ask, shown } = createScene(5)
  await states.write(MAAS, 'paused', { by: 'ana', at: 1, reason: 'x' })
  await ask('r')
  await run(FAR)
  expect(called).toHaveLength(0)
  expect(await shown('r')).toMatchObject({ remaining: 5, skipped: 0 })
  await states.write(MAAS, 'paused', undefined)
  await run(FAR)
  expect(await shown('r')).toMatchObject({ state: 'done', delivered: 5 })
})

test('a pause between the taking and the call leaves the row with the redrive, until the resume', async () => {
  const { scene, states, run, build, ask, shown } = createScene(1)
  await ask('r')
  scene.dies = true
  await run(FAR)
  scene.dies = false
  await states.write(MAAS, 'paused', { by: 'ana', at: 1, reason: 'x' })
  await build()(FAR)
  expect(await shown('r')).toMatchObject({ inFlight: 1, skipped: 0 })
  await states.write(MAAS, 'paused', undefined)
  await build()(FAR)
  expect(await shown('r')).toMatchObject({ state: 'done', delivered: 1 })
})

test('a refused row that the integration still holds after a resume is not skipped: nobody else would bring it', async () => {
  const { scene, run, ask, shown } = createScene(3, 'rejected')
  await ask('r')
  scene.stillHolds = true
  await run(FAR)
  expect(await shown('r')).toMatchObject({ skipped: 0, delivered: 0 })
  scene.stillHolds = false
  await run(FAR)
  expect(await shown('r')).toMatchObject({ state: 'done', delivered: 3, skipped: 0 })
})

test('a parked row that is held is skipped: recovery brings it', async () => {
  const { scene, run, ask, shown } = createScene(2)
  await ask('r')
  scene.stillHolds = true
  await run(FAR)
  expect(await shown('r')).toMatchObject({ state: 'done', skipped: 2 })
})

test('paused it takes nothing more; resumed it goes on where it was', async () => {
  const { scene, called, run, ask, shown, changeTo } = createScene(20)
  await ask('r', { rampCap: 2 })
  scene.beforeCall = async () => {
    if (called.length >= 5 && (await shown('r')).state === 'running') await changeTo('r', 'paused')
  }
  await run(FAR)
  const paused = await shown('r')
  expect(paused.state).toBe('paused')
  expect(paused).toMatchObject({ inFlight: 0, delivered: called.length })
  expect(called.length).toBeLessThan(8)
  scene.beforeCall = async () => {}
  await changeTo('r', 'running')
  await run(FAR)
  expect(await shown('r')).toMatchObject({ state: 'done', delivered: 20 })
  expect(called).toHaveLength(20)
})

test('at a low rate a pause is noticed in the middle of a window', async () => {
  const { scene, called, run, ask, shown, changeTo } = createScene(60)
  await ask('r', { ratePerSecond: 1 })
  scene.beforeCall = async () => {
    if (called.length >= 17 && (await shown('r')).state === 'running') await changeTo('r', 'paused')
  }
  await run(FAR)
  expect((await shown('r')).state).toBe('paused')
  // Two a part at this rate: its other one may have begun.
  expect(called.length).toBeLessThan(20)
})

describe('after a crash', () => {
  /** A redrive that has taken its rows, in a process that is gone. */
  const crashed = async (force = false, state: 'parked' | 'delivered' = 'parked') => {
    const made = createScene(3, state)
    await made.ask('r', { force, ...(force ? { states: ['delivered'] as const } : {}) })
    const found = await made.engine.redrives.read('r')
    for (const { lane, revision } of found?.lanes ?? [])
      await made.engine.redrives.writeLane(
        'r',
        { ...lane, exhausted: true, sending: made.centerIds },
        revision,
      )
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
    const { called, build, shown } = await crashed()
    await build()(FAR)
    expect(called).toHaveLength(3)
    expect(await shown('r')).toMatchObject({ state: 'done', delivered: 3 })
  })

  test('what was settled is counted from the row’s own history, and not sent again, not even with force', async () => {
    const { put, called, build, shown } = await crashed(true, 'delivered')
    put({ ...settledRow('delivered'), centerId: 'c0' })
    put({ ...settledRow('parked'), centerId: 'c1' })
    await build()(FAR)
    expect(called.map(({ centerId }) => centerId)).toEqual(['c2'])
    expect(await shown('r')).toMatchObject({ state: 'done', delivered: 2, failed: 1 })
  })

  test('a lease that nobody holds any more is taken over', async () => {
    const { put, clock, called, build, shown } = await crashed()
    put({ ...rowIn('delivering', { lastAttemptAt: NOW + 1 }), centerId: 'c0' })
    clock.advance(76_000)
    await build()(FAR)
    expect(called).toHaveLength(3)
    expect(await shown('r')).toMatchObject({ state: 'done', delivered: 3 })
  })

  test('a lease that somebody holds is theirs: skipped and counted', async () => {
    const { put, called, build, shown } = await crashed()
    put({ ...rowIn('delivering', { lastAttemptAt: NOW + 1 }), centerId: 'c0' })
    await build()(FAR)
    expect(called.map(({ centerId }) => centerId)).not.toContain('c0')
    expect(await shown('r')).toMatchObject({ state: 'done', delivered: 2, skipped: 1 })
  })

  test('one that was cancelled meanwhile sends nothing, and still counts what it had done', async () => {
    const { put, called, build, shown, changeTo } = await crashed()
    put({ ...settledRow('delivered'), centerId: 'c0' })
    await changeTo('r', 'cancelled')
    await build()(FAR)
    expect(called).toHaveLength(0)
    expect(await shown('r')).toMatchObject({ delivered: 1, skipped: 2, inFlight: 0 })
  })
})

test('one that was paused while it waited for its window keeps what it had taken, and sends it when it is resumed', async () => {
  const { scene, clock, called, run, ask, shown, changeTo } = createScene(2, 'rejected')
  await ask('r')
  scene.dies = true
  await run(clock.monotonic() + 1000)
  expect(await shown('r')).toMatchObject({ inFlight: 1 })
  scene.dies = false
  await changeTo('r', 'paused')
  await run(clock.monotonic() + 1000)
  // Nothing is being sent: what it had taken is left, like the others.
  expect(await shown('r')).toMatchObject({ inFlight: 0, remaining: 2, skipped: 0 })
  expect(called).toHaveLength(0)
  await changeTo('r', 'running')
  await run(FAR)
  expect(await shown('r')).toMatchObject({ state: 'done', delivered: 2, skipped: 0 })
})

test('an endpoint that cannot be reached loses no row: its turn comes again after the gap', async () => {
  const { scene, clock, run, ask, shown } = createScene(4)
  await ask('r')
  scene.dies = true
  await run(clock.monotonic() + 1000)
  expect(await shown('r')).toMatchObject({ inFlight: 1, failed: 0, phase: 'canary' })
  scene.dies = false
  await run(FAR)
  expect(await shown('r')).toMatchObject({ state: 'done', delivered: 4 })
})

test('after the deadline nothing begins', async () => {
  const { clock, called, run, ask } = createScene(4)
  await ask('r')
  clock.advance(100)
  await run(100)
  expect(called).toHaveLength(0)
})

test('a backfill sends centers that have no row', async () => {
  const { run, ask, shown, stateOf } = createScene(4, 'waiting')
  await ask('r', { states: ['waiting'] })
  await run(FAR)
  expect(await shown('r')).toMatchObject({ state: 'done', delivered: 4 })
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

describe('row 50: numbers', () => {
  test('of two processes at once are true: each row is counted once, and called once', async () => {
    const { build, called, ask, shown } = createScene(40)
    await ask('r')
    // Each process has its own memory of what runs; they share the store alone.
    await Promise.all([build()(FAR), build()(FAR)])
    await build()(FAR)
    expect(new Set(called.map(({ centerId }) => centerId)).size).toBe(40)
    expect(await shown('r')).toMatchObject({ state: 'done', total: 40, delivered: 40, failed: 0, skipped: 0 })
  })

  test('end where a cancel comes between the search of one process and what it takes', async () => {
    const { engine, clock, build, ask, shown, changeTo, one, called } = createScene(20)
    await ask('r')
    const find = engine.search.find.bind(engine.search)
    let searches = 0
    engine.search.find = async (...args) => {
      const found = await find(...args)
      searches += 1
      if (searches === 3) {
        await changeTo('r', 'cancelled')
        // Another process sees it with nothing in flight, and closes it.
        await build()(FAR)
        // And the first one has no time left once it has written what it takes.
        clock.advance(2 * FAR)
      }
      return found
    }
    await build()(FAR)
    await build()(4 * FAR)
    expect(await shown('r')).toMatchObject({ state: 'cancelled', inFlight: 0 })
    expect((await one('r')).redrive.open).toBe(false)
    expect(called.length).toBeLessThan(5)
  })

  test('are true after an answer that was lost: the write is found, and counts nothing twice', async () => {
    const { engine, build, ask, shown } = createScene(20)
    const { redrives } = engine
    const writeLane = redrives.writeLane.bind(redrives)
    let writes = 0
    // Applied, and answered as if another had been faster.
    redrives.writeLane = async (...args) => {
      const written = await writeLane(...args)
      writes += 1
      return writes % 3 === 0 ? undefined : written
    }
    await ask('r')
    await build()(FAR)
    expect(await shown('r')).toMatchObject({ state: 'done', total: 20, delivered: 20, failed: 0, skipped: 0 })
  })
})

test('row 50: lanes of an integration that is gone for good are ended, and the redrive with them', async () => {
  const { engine, run, shown } = createScene(1)
  const request = {
    filter: { integration: 'old', states: ['parked'] as const },
    reason: 'x',
    requestedBy: 'ana',
    force: false,
  }
  const { redrive, lanes } = newRedrive(request, {
    id: 'r',
    now: NOW,
    expected: undefined,
    integrations: ['old'],
  })
  await engine.redrives.create(
    redrive,
    lanes.map((lane) => ({ ...lane, sending: ['c0'] })),
  )
  await run(FAR)
  expect(await shown('r')).toMatchObject({ state: 'running', inFlight: 1 })
  await run(FAR, ['old'])
  expect(await shown('r')).toMatchObject({ state: 'done', skipped: 1, inFlight: 0 })
  expect(await engine.redrives.active()).toEqual([])
})

test('one delivery that somebody sends again does not wait for a backlog that was asked for before', async () => {
  const { called, run, ask, clock } = createScene(60)
  await ask('backlog', { ratePerSecond: 1 })
  await ask('one', { states: ['parked'], expected: 1 })
  await run(clock.monotonic() + 100)
  expect(called[0]?.trigger).toMatchObject({ id: 'one' })
})
