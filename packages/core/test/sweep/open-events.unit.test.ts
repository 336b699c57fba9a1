import { PUBLISH_MS } from '../../src/model/budget.ts'
import { FIRST_CHECK_MS, recheckAfterMs } from '../../src/sweep/decide-open-event.ts'
import { centersToReconcile, createOpenEvents, type CheckedEvents } from '../../src/sweep/open-events.ts'
import { createTestClock, NOW, rowIn, SETTINGS } from '../../src/testing/samples.ts'
import { createTestEngine } from '../support.ts'

const INTEGRATIONS = ['senninha', 'maas', 'dmitri'].map((name) => ({ ...SETTINGS, name }))
const NOBODY = new Set<string>()
const NOTHING: CheckedEvents = { closed: 0, published: 0, waiting: 0, missing: [], errors: [] }

const centersOf = (missing: CheckedEvents['missing']) =>
  Object.fromEntries([...centersToReconcile(missing)].map(([name, centers]) => [name, [...centers]]))

const setUp = (onPublish: (eventId: string) => void | Promise<void> = () => {}) => {
  const clock = createTestClock({ manual: true })
  const { engine, calls, put, openEvent, openEvents } = createTestEngine({
    integrations: INTEGRATIONS,
    clock,
  })
  const { ledger, outbox } = engine
  const closings: number[] = []
  const add = (centerId: string, version = 1, checks = 0) => openEvent(centerId, version, checks)
  const published: string[] = []
  const { check, postponeTried } = createOpenEvents({
    ledger,
    clock,
    integrations: INTEGRATIONS,
    publisher: {
      // Not async: a client may also throw at once.
      publish: (event) => {
        const done = onPublish(event.id)
        published.push(event.id)
        return Promise.resolve(done)
      },
    },
    outbox: {
      ...outbox,
      close: (eventIds, now) => {
        closings.push(eventIds.length)
        return outbox.close(eventIds, now)
      },
    },
  })
  const deliver = (centerId: string, ...integrations: string[]) => {
    for (const integration of integrations) put({ ...rowIn('retrying'), centerId, integration })
  }
  const sweep = (paused: ReadonlySet<string>, deadline: number, opensAt: [string, number][] = []) =>
    check({ paused, opensAt: new Map(opensAt) }, deadline)
  return { clock, calls, put, openEvents, published, closings, add, deliver, sweep, postponeTried }
}

describe('a sweep of the open events', () => {
  test('closes together what is handed over, with one question for all rows', async () => {
    const { calls, openEvents, closings, add, deliver, sweep } = setUp()
    for (const id of ['a', 'b', 'c']) {
      add(id)
      deliver(id, 'senninha', 'maas', 'dmitri')
    }
    expect(await sweep(NOBODY, 50_000)).toEqual({ ...NOTHING, closed: 3 })
    expect(openEvents().size).toBe(0)
    expect(closings).toEqual([3])
    expect(calls.filter((call) => call.startsWith('ledger.'))).toEqual(['ledger.versions'])
  })

  test('publishes again what no integration knows, and checks later and later', async () => {
    const { clock, openEvents, published, add, sweep } = setUp()
    add('a')
    expect(await sweep(NOBODY, 50_000)).toMatchObject({ closed: 0, published: 1 })
    expect(openEvents().get('a:1')).toMatchObject({ checks: 1, nextCheckAt: NOW + recheckAfterMs(0) })
    expect((await sweep(NOBODY, 50_000)).published).toBe(0)
    clock.advance(recheckAfterMs(0))
    await sweep(NOBODY, 50_000)
    expect(openEvents().get('a:1')).toMatchObject({ checks: 2, nextCheckAt: clock.now() + recheckAfterMs(1) })
    expect(published).toEqual(['a:1', 'a:1'])
  })

  test('names, by integration, the centers whose row is missing or too old', async () => {
    const { published, add, deliver, sweep } = setUp()
    add('a')
    add('b', 2)
    deliver('a', 'senninha', 'maas')
    deliver('b', 'senninha', 'maas', 'dmitri')
    const { missing } = await sweep(NOBODY, 50_000)
    expect(centersOf(missing)).toEqual({
      senninha: ['b'],
      maas: ['b'],
      dmitri: ['a', 'b'],
    })
    expect(published).toEqual([])
  })

  test('leaves a paused integration alone', async () => {
    const { openEvents, add, deliver, sweep } = setUp()
    add('a')
    deliver('a', 'senninha', 'maas')
    const swept = await sweep(new Set(['dmitri']), 50_000)
    expect(swept).toEqual({ ...NOTHING, waiting: 1 })
    expect(openEvents().get('a:1')?.checks).toBe(1)
  })

  test('goes on in batches until nothing is due', async () => {
    const { openEvents, closings, add, deliver, sweep } = setUp()
    for (let index = 0; index < 250; index++) {
      add(`c-${index}`)
      deliver(`c-${index}`, 'senninha', 'maas', 'dmitri')
    }
    expect((await sweep(NOBODY, 50_000)).closed).toBe(250)
    expect(closings).toEqual([100, 100, 50])
    expect(openEvents().size).toBe(0)
  })

  test('begins nothing at its deadline', async () => {
    const { clock, openEvents, add, sweep } = setUp()
    add('a')
    clock.advance(50_000)
    expect(await sweep(NOBODY, 50_000)).toEqual(NOTHING)
    expect(openEvents().get('a:1')?.checks).toBe(0)
  })

  test('begins no event after its deadline, also in the middle of a batch', async () => {
    const { clock, openEvents, published, add, sweep } = setUp(() => clock.advance(10_000))
    for (let index = 0; index < 20; index++) add(`c-${index}`)
    await sweep(NOBODY, 50_000)
    expect(published.length).toBeLessThanOrEqual(8)
    expect([...openEvents().values()].filter(({ checks }) => checks === 0)).toHaveLength(
      20 - published.length,
    )
  })
})

describe('an event that an integration lacks', () => {
  const missingOne = () => {
    const world = setUp()
    world.add('a', 1, 5)
    world.deliver('a', 'senninha', 'maas')
    return world
  }

  test('comes due again soon as long as it was not tried, however often it was checked', async () => {
    const { openEvents, sweep } = missingOne()
    await sweep(NOBODY, 50_000)
    expect(openEvents().get('a:1')).toMatchObject({ checks: 5, nextCheckAt: NOW + FIRST_CHECK_MS })
  })

  test('comes due when the window of the integration opens, if that is later', async () => {
    const { openEvents, sweep } = missingOne()
    await sweep(NOBODY, 50_000, [['dmitri', NOW + 480_000]])
    expect(openEvents().get('a:1')).toMatchObject({ checks: 5, nextCheckAt: NOW + 480_000 })
  })

  test('of several comes due when the first window opens', async () => {
    const { openEvents, add, sweep, put } = setUp()
    add('a', 2)
    put({ ...rowIn('delivered'), centerId: 'a', integration: 'senninha' })
    await sweep(NOBODY, 50_000, [
      ['dmitri', NOW + 480_000],
      ['maas', NOW + 60_000],
      ['senninha', NOW + 90_000],
    ])
    expect(openEvents().get('a:2')?.nextCheckAt).toBe(NOW + 60_000)
  })

  test('waits for its doubled gap once it was tried', async () => {
    const { openEvents, sweep, postponeTried } = missingOne()
    const swept = await sweep(NOBODY, 50_000)
    await postponeTried(swept.missing)
    expect(openEvents().get('a:1')).toMatchObject({ checks: 6, nextCheckAt: NOW + recheckAfterMs(5) })
  })

  test('is named once a center, although two of its events are open', async () => {
    const { add, deliver, sweep } = setUp()
    add('a')
    add('a', 2)
    deliver('a', 'senninha')
    expect(centersOf((await sweep(NOBODY, 50_000)).missing)).toEqual({
      senninha: ['a'],
      maas: ['a'],
      dmitri: ['a'],
    })
  })
})

describe('an event that cannot be published', () => {
  const refuse = (refused: string) => (eventId: string) => {
    if (eventId === refused) throw new Error('too large')
  }

  test.each([
    ['throws at once', refuse('b:1')],
    ['is refused', async (eventId: string) => refuse('b:1')(eventId)],
  ])('does not keep the others from it: its publication %s', async (_how, onPublish) => {
    const { openEvents, add, sweep } = setUp(onPublish)
    for (const id of ['a', 'b', 'c']) add(id)
    const swept = await sweep(NOBODY, 50_000)
    expect(swept).toMatchObject({ published: 2, errors: [new Error('too large')] })
    expect([openEvents().get('a:1')?.checks, openEvents().get('c:1')?.checks]).toEqual([1, 1])
    // It was not published, so nothing is known of it: soon again.
    expect(openEvents().get('b:1')).toMatchObject({ checks: 0, nextCheckAt: NOW + FIRST_CHECK_MS })
  })

  test('because the broker hangs is given up at the deadline of a publication', async () => {
    const hanging = setUp((eventId) => {
      if (eventId !== 'a:1') return undefined
      // As soon as everything that can run has run, the time is up.
      setImmediate(() => hanging.clock.advance(PUBLISH_MS))
      return new Promise<void>(() => {})
    })
    for (const id of ['a', 'b']) hanging.add(id)
    const swept = await hanging.sweep(NOBODY, 50_000)
    expect(swept).toMatchObject({ published: 1, errors: [expect.any(Error)] })
    expect(hanging.openEvents().get('b:1')?.checks).toBe(1)
  })
})
