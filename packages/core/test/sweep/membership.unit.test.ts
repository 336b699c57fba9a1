import { setImmediate as nextTurn } from 'node:timers/promises'
import { composeSweeper } from '../../src/compose.ts'
import type { Engine } from '../../src/engine.ts'
import { createTestClock, createTestIds, SETTINGS } from '../../src/testing/samples.ts'
import type { SweepNotice } from '../../src/sweep/sweep-notice.ts'
import { createTestEngine } from '../support.ts'

const INTEGRATIONS = ['maas', 'dmitri'].map((name) => ({ ...SETTINGS, name }))

type SetUp = { written?: Promise<void>; settleMs?: number; stats?: Partial<Engine['stats']> }

/** A sweeper whose list is its own: a change of it has nothing to settle. What it remembers is written once `written` is. */
const setUp = ({ written = Promise.resolve(), settleMs = 0, stats = {} }: SetUp = {}) => {
  const clock = createTestClock()
  const { engine, putCenter } = createTestEngine({ integrations: INTEGRATIONS, clock })
  const observed: SweepNotice[] = []
  const states: Engine['states'] = {
    ...engine.states,
    write: async (name, part, value) => {
      await written
      await engine.states.write(name, part, value)
    },
  }
  const sweep = composeSweeper(
    { ...engine, states, stats: { ...engine.stats, ...stats } },
    {
      integrations: INTEGRATIONS,
      publisher: { publish: async () => {} },
      handOver: async () => ({ ack: true, result: 'duplicate' }),
      maintenance: { intervalMs: 60_000, settleMs, retireAfterMs: 60_000 },
      observe: (notice) => observed.push(notice),
      clock,
      ids: createTestIds(),
    },
  )
  const begun = async () => {
    const { items } = await engine.redrives.list({ pageSize: 50 })
    return items.map(({ redrive }) => String(redrive.filter.integration)).toSorted()
  }
  return { engine, observed, sweep, putCenter, begun, clock }
}

test('sweeps that overlap begin one backfill for each integration', async () => {
  const { promise: written, resolve: write } = Promise.withResolvers<void>()
  const { sweep, putCenter, begun } = setUp({ written })
  putCenter('c-1')
  const sweeps: Promise<unknown>[] = []
  for (let n = 0; n < 4; n++) {
    sweeps.push(sweep(1_000))
    // As far as it gets while the store is slow: one that took no turn would run the backfill, and the next begin another.
    await nextTurn()
  }
  write()
  await Promise.all(sweeps)
  expect(await begun()).toEqual(['dmitri', 'maas'])
})

test('where nothing settles a new store is done with by the first sweep: what comes later is no backfill', async () => {
  const { sweep, putCenter, begun } = setUp()
  await sweep(1_000)
  putCenter('c-1')
  await sweep(1_000)
  expect(await begun()).toEqual([])
})

test('an integration that the list lacks is told once, by its name', async () => {
  const { engine, observed, sweep } = setUp()
  await engine.states.write('old', 'membership', { unsettledAt: 0, backfilledSince: 0 })
  await sweep(1_000)
  await sweep(1_000)
  expect(observed.filter(({ notice }) => notice === 'integration.missing')).toEqual([
    { notice: 'integration.missing', integration: 'old' },
  ])
})

const told = (observed: readonly SweepNotice[], name: string) =>
  observed.flatMap((notice) =>
    'integration' in notice && notice.integration === name && 'count' in notice
      ? [[notice.notice, notice.count]]
      : [],
  )

test('a backfill is told before it begins, once, with how many centers it brings', async () => {
  const { observed, sweep, putCenter, clock } = setUp({ settleMs: 120_000 })
  for (const id of ['c-1', 'c-2']) putCenter(id)
  for (let minute = 0; minute < 3; minute++) {
    await sweep(1_000)
    clock.advance(60_000)
  }
  expect(told(observed, 'maas')).toEqual([
    ['integration.backfill-planned', 2],
    ['integration.backfilled', 2],
  ])
})

test('what nothing waits for is not told: a first start is silent', async () => {
  const { observed, sweep } = setUp()
  await sweep(1_000)
  expect(told(observed, 'maas')).toEqual([])
})

test('counts that cannot be read keep no list from being remembered', async () => {
  const stats = { ofIntegration: () => Promise.reject(new Error('away')) }
  const { engine, observed, sweep, putCenter } = setUp({ settleMs: 120_000, stats })
  putCenter('c-1')
  await sweep(1_000)
  expect(told(observed, 'maas')).toEqual([])
  expect((await engine.states.read('maas'))?.membership).toBeDefined()
})
