import { newRedrive } from '../../src/redrive/decide.ts'
import { createBackfillExpected } from '../../src/sweep/backfills.ts'
import { NOW } from '../../src/testing/samples.ts'
import { createTestEngine } from '../support.ts'

const INTEGRATIONS = ['maas', 'dmitri']

const setUp = async (backfilledSince?: number) => {
  const { engine } = createTestEngine()
  const { states, redrives } = engine
  if (backfilledSince !== undefined)
    await states.write('maas', 'membership', { unsettledAt: NOW, backfilledSince })
  const expected = createBackfillExpected({ states, active: () => redrives.active() })
  const begin = async (overrides: {
    states?: readonly ['parked'] | readonly ['waiting']
    done?: boolean
  }) => {
    const { states: wanted = ['waiting'], done = false } = overrides
    const filter = { integration: 'maas', states: wanted, scope: 'owed' } as const
    const asked = { filter, reason: 'test', requestedBy: 'system', force: false }
    const context = { id: 'r', now: NOW, expected: undefined, integrations: INTEGRATIONS }
    const { redrive, lanes } = newRedrive(asked, context)
    await redrives.create(
      redrive,
      lanes.map((lane) => ({ ...lane, exhausted: done })),
    )
  }
  return { expected, begin, redrives }
}

test('a backfill is to come until it is remembered', async () => {
  const before = await (await setUp()).expected()
  expect([before('maas'), before('dmitri')]).toEqual([true, true])
  const after = await (await setUp(0)).expected()
  expect([after('maas'), after('dmitri')]).toEqual([false, true])
})

test('it is under way while a redrive of what waits has rows to take', async () => {
  const { expected, begin } = await setUp(0)
  await begin({})
  expect((await expected())('maas')).toBe(true)
})

test.each([{ done: true }, { states: ['parked'] as const }])(
  'a redrive that brings nothing of it does not count: %j',
  async (redrive) => {
    const { expected, begin } = await setUp(0)
    await begin(redrive)
    expect((await expected())('maas')).toBe(false)
  },
)

test('one that a person has cancelled brings nothing any more', async () => {
  const { expected, begin, redrives } = await setUp(0)
  await begin({})
  const found = await redrives.read('r')
  if (!found) throw new Error('There is no such redrive')
  await redrives.write({ ...found.redrive, state: 'cancelled' }, found.revision)
  expect((await expected())('maas')).toBe(false)
})
