import { z } from 'zod'
import { idOf, startConsole } from './testing/start-console.ts'

const REASON = { reason: 'test' }
const WAITING = { integration: 'maas', states: ['waiting'] }
const NEVER = Date.parse('2100-01-01T00:00:00Z')
const states = (parts: object) => ({
  waiting: 0,
  delivering: 0,
  retrying: 0,
  rejected: 0,
  parked: 0,
  delivered: 0,
  ...parts,
})

describe('the backfill of an integration', () => {
  test('is planned while its place in the list settles: how many centers, about when, how fast', async () => {
    await using console = await startConsole({ settleMs: 120_000 })
    await console.put(1)
    await console.put(2)
    await console.engine.states.write('dmitri', 'membership', { unsettledAt: 1, backfilledSince: 0 })
    const before = Date.now()
    await console.engine.states.write('maas', 'membership', { unsettledAt: 1 })
    // On their way by their events: nothing that a backfill would have to bring.
    expect((await console.get('integrations/maas')).body).not.toHaveProperty('backfill')
    await console.closeEvents([1, 2])
    const { body } = await console.get('integrations/maas')
    expect(body).toMatchObject({
      backfill: {
        state: 'planned',
        count: 2,
        remaining: 2,
        ratePerSecond: 200,
        beginsAt: expect.any(String),
      },
    })
    const { backfill } = z.looseObject({ backfill: z.looseObject({ beginsAt: z.string() }) }).parse(body)
    const at = Date.parse(backfill.beginsAt)
    expect(at - before).toBeGreaterThanOrEqual(120_000)
    expect((await console.get('integrations/dmitri')).body).not.toHaveProperty('backfill')
  })

  test('is a redrive once it runs, and gone when a person has cancelled that', async () => {
    await using console = await startConsole()
    await console.engine.states.write('maas', 'membership', { unsettledAt: 1, backfilledSince: 0 })
    await console.put(1)
    expect((await console.get('integrations/maas')).body).not.toHaveProperty('backfill')
    const { body } = await console.post('redrives', { filter: WAITING, ...REASON })
    const { id } = z.looseObject({ id: z.string() }).parse(body)
    const running = { state: 'running', redriveId: id, ratePerSecond: 200 }
    expect((await console.get('integrations/maas')).body).toMatchObject({ backfill: running })
    await console.post(`redrives/${id}:pause`)
    expect((await console.get('integrations')).body).toMatchObject({
      items: [{ backfill: { ...running, state: 'paused' } }, {}],
    })
    await console.post(`redrives/${id}:cancel`)
    expect((await console.get('integrations/maas')).body).not.toHaveProperty('backfill')
  })

  test('is not a redrive of something else', async () => {
    await using console = await startConsole()
    await console.engine.states.write('maas', 'membership', { unsettledAt: 1, backfilledSince: 0 })
    await console.put(1, 'parked')
    for (const filter of [{ integration: 'maas' }, { ...WAITING, centerId: idOf(1) }, { ...WAITING, q: 'x' }])
      await console.post('redrives', { filter, ...REASON })
    expect((await console.get('integrations/maas')).body).not.toHaveProperty('backfill')
  })
})

test('an integration with a since says how many centers from before it are not its own', async () => {
  await using console = await startConsole({ maas: { since: NEVER } })
  for (const n of [1, 2, 3]) await console.put(n)
  await console.put(3, 'delivered')
  const { body } = await console.get('integrations')
  expect(body).toMatchObject({
    items: [{ name: 'maas', beforeSince: 2, counts: { waiting: 0, delivered: 1 } }, { name: 'dmitri' }],
  })
  expect(z.looseObject({ items: z.array(z.looseObject({})) }).parse(body).items[1]).not.toHaveProperty(
    'beforeSince',
  )
})

describe('a redrive that finds nothing says', () => {
  const dryRun = (filter: object) => ({ filter, ...REASON, dryRun: true })

  test('in which states the deliveries are', async () => {
    await using console = await startConsole()
    await console.put(1, 'delivered')
    await console.put(2, 'delivered')
    await console.put(3)
    expect((await console.post('redrives', dryRun({ integration: 'maas' }))).body).toEqual({
      count: 0,
      more: false,
      sample: [],
      stateCounts: states({ waiting: 1, delivered: 2 }),
      beforeSince: 0,
    })
  })

  test('how many centers are from before the since, which only what waits means', async () => {
    await using console = await startConsole({ maas: { since: NEVER } })
    await console.put(1)
    const asked = dryRun({ integration: 'maas' })
    expect((await console.post('redrives', asked)).body).toMatchObject({
      stateCounts: states({}),
      beforeSince: 1,
    })
    expect((await console.post('redrives', dryRun(WAITING))).body).toMatchObject({ count: 1 })
  })

  test('the same of a filter that no count answers for, and of one center, however old it is', async () => {
    await using console = await startConsole({ maas: { since: NEVER } })
    await console.put(1, 'retrying')
    await console.put(2, 'retrying', { cause: 'timeout' })
    await console.put(3)
    const cause = dryRun({ integration: 'maas', cause: 'timeout' })
    expect((await console.post('redrives', cause)).body).toMatchObject({
      stateCounts: states({ retrying: 1 }),
    })
    const center = dryRun({ integration: 'maas', centerId: idOf(3) })
    expect((await console.post('redrives', center)).body).toMatchObject({
      stateCounts: states({ waiting: 1 }),
    })
  })

  test('nothing of the kind where it finds something', async () => {
    await using console = await startConsole()
    await console.put(1, 'parked')
    const { body } = await console.post('redrives', dryRun({ integration: 'maas' }))
    expect(body).toMatchObject({ count: 1 })
    expect(body).not.toHaveProperty('stateCounts')
  })
})
