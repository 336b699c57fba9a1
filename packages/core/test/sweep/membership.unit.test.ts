import { setImmediate as nextTurn } from 'node:timers/promises'
import { composeSweeper } from '../../src/compose.ts'
import type { Engine } from '../../src/engine.ts'
import { createTestClock, createTestIds, SETTINGS } from '../../src/testing/samples.ts'
import { createTestEngine } from '../support.ts'

const INTEGRATIONS = ['maas', 'dmitri'].map((name) => ({ ...SETTINGS, name }))

/** A sweeper whose list is its own: a change of it has nothing to settle. What it remembers is written once `written` is. */
const setUp = (written: Promise<void> = Promise.resolve()) => {
  const clock = createTestClock()
  const { engine, putCenter } = createTestEngine({ integrations: INTEGRATIONS, clock })
  const states: Engine['states'] = {
    ...engine.states,
    write: async (name, part, value) => {
      await written
      await engine.states.write(name, part, value)
    },
  }
  const sweep = composeSweeper(
    { ...engine, states },
    {
      integrations: INTEGRATIONS,
      publisher: { publish: async () => {} },
      handOver: async () => ({ ack: true, result: 'duplicate' }),
      maintenance: { intervalMs: 60_000, settleMs: 0, retireAfterMs: 60_000 },
      observe: () => {},
      clock,
      ids: createTestIds(),
    },
  )
  const begun = async () => {
    const { items } = await engine.redrives.list({ pageSize: 50 })
    return items.map(({ redrive }) => String(redrive.filter.integration)).toSorted()
  }
  return { sweep, putCenter, begun }
}

test('sweeps that overlap begin one backfill for each integration', async () => {
  const { promise: written, resolve: write } = Promise.withResolvers<void>()
  const { sweep, putCenter, begun } = setUp(written)
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
