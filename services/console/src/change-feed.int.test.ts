import { newRedrive, type RedriveLane, type RedriveWithLanes } from '@mensageria/core'
import { createSystemClock } from '@mensageria/runtime'
import { createChangeFeed } from './change-feed.ts'
import type { ConsoleEvent } from './event-hub.ts'
import { idOf, startConsole } from './testing/start-console.ts'

type Heard = { event: ConsoleEvent['event']; data: unknown }

const redriveOf = (id: string): RedriveWithLanes =>
  newRedrive(
    { filter: { integration: 'maas', states: ['parked'] }, reason: 'x', requestedBy: 'ana', force: false },
    { id, now: Date.now(), expected: 3, integrations: ['maas'] },
  )

// A feed over an engine that somebody else changes; `check` gives what people are told.
const open = async () => {
  const console = await startConsole()
  const { engine, integrations } = console
  const { redrives } = engine
  const heard: Heard[] = []
  const feed = createChangeFeed({
    engine,
    integrations,
    settleMs: 0,
    clock: createSystemClock(),
    hub: { publish: (event, data) => heard.push({ event, data: data() }) },
  })
  const check = async (only: Heard['event']) => {
    await feed.check()
    return heard.splice(0).filter(({ event }) => event === only)
  }
  const begin = async (id: string) => {
    const { redrive, lanes } = redriveOf(id)
    await redrives.create(redrive, lanes)
  }
  // What a sweep writes: how far the lane has got, and at the end that the redrive is done.
  const progress = async (id: string, lane: Partial<RedriveLane>, isDone = false) => {
    const found = await redrives.read(id)
    const [kept] = found?.lanes ?? []
    if (!found || !kept) throw new Error(`There is no redrive ${id}`)
    await redrives.writeLane(id, { ...kept.lane, ...lane }, kept.revision)
    if (isDone) await redrives.write({ ...found.redrive, state: 'done', open: false }, found.revision)
  }
  return { ...console, feed, check, begin, progress }
}

test('the first check tells nothing, and neither does one without a change', async () => {
  await using world = await open()
  await world.put(1, 'parked')
  await world.begin('r')
  for (const event of ['delivery', 'integration', 'redrive', 'delivery'] as const)
    expect(await world.check(event)).toEqual([])
})

test('an attempt is told once, with what became of it', async () => {
  await using world = await open()
  await world.check('delivery')
  await world.put(1, 'delivering')
  const data = { integration: 'maas', centerId: idOf(1), version: 1 }
  expect(await world.check('delivery')).toEqual([
    { event: 'delivery', data: { ...data, state: 'delivering' } },
  ])
  expect(await world.check('delivery')).toEqual([])
  const found = await world.engine.ledger.read(data)
  if (found) await world.engine.ledger.replace({ ...found.row, state: 'delivered' }, found.revision)
  expect(await world.check('delivery')).toEqual([
    { event: 'delivery', data: { ...data, state: 'delivered' } },
  ])
})

test('of many attempts the newest 20 are told', async () => {
  await using world = await open()
  await world.check('delivery')
  for (let n = 1; n <= 30; n++) await world.put(n, 'delivered')
  expect(await world.check('delivery')).toHaveLength(20)
})

test('a pause by another process, and new numbers, are told of the integration that they are of', async () => {
  await using world = await open()
  await world.check('integration')
  await world.engine.states.write('maas', 'paused', { by: 'ana', at: 1, reason: 'maintenance' })
  expect(await world.check('integration')).toMatchObject([{ data: { name: 'maas', health: 'paused' } }])
  await world.put(1, 'rejected', { integration: 'dmitri' })
  expect(await world.check('integration')).toMatchObject([
    { data: { name: 'maas', counts: { waiting: 1 } } },
    { data: { name: 'dmitri', counts: { rejected: 1 } } },
  ])
})

test('a redrive is told when it begins, with each step, and once when it has ended', async () => {
  await using world = await open()
  await world.check('redrive')
  await world.begin('r')
  expect(await world.check('redrive')).toMatchObject([{ data: { id: 'r', state: 'running', remaining: 3 } }])
  await world.progress('r', { delivered: 1 })
  expect(await world.check('redrive')).toMatchObject([{ data: { delivered: 1, remaining: 2 } }])
  await world.progress('r', { delivered: 3, exhausted: true }, true)
  expect(await world.check('redrive')).toMatchObject([{ data: { state: 'done', remaining: 0, more: false } }])
  expect(await world.check('redrive')).toEqual([])
  expect(await world.check('redrive')).toEqual([])
})

test('a redrive that begins and ends between two checks is told, once', async () => {
  await using world = await open()
  await world.check('redrive')
  await world.begin('r')
  await world.progress('r', { delivered: 3, exhausted: true }, true)
  expect(await world.check('redrive')).toMatchObject([{ data: { id: 'r', state: 'done' } }])
  expect(await world.check('redrive')).toEqual([])
})

test('a new watcher is told of what changes from then on, by the first check after it', async () => {
  await using world = await open()
  await world.feed.begin()
  await world.put(1, 'delivered')
  expect(await world.check('delivery')).toHaveLength(1)
  // The check of somebody else who watches already is not made again.
  await world.put(2, 'delivered')
  await world.feed.begin()
  expect(await world.check('delivery')).toHaveLength(1)
})

test('what happened while nobody watched is not told', async () => {
  await using world = await open()
  await world.check('delivery')
  world.feed.forget()
  await world.put(1, 'delivered')
  expect(await world.check('delivery')).toEqual([])
})
