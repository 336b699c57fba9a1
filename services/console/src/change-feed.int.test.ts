import { newRedrive, type Redrive } from '@mensageria/core'
import { createSystemClock } from '@mensageria/runtime'
import { createChangeFeed } from './change-feed.ts'
import type { ConsoleEvent } from './event-hub.ts'
import { idOf, startConsole } from './testing/start-console.ts'

type Heard = { event: ConsoleEvent['event']; data: unknown }

const redriveOf = (id: string): Redrive =>
  newRedrive(
    { filter: { integration: 'maas', states: ['parked'] }, reason: 'x', requestedBy: 'ana', force: false },
    { id, now: Date.now(), total: 3, integrations: ['maas'] },
  )

// A feed over an engine that somebody else changes; `look` gives what people are told.
const open = async () => {
  const console = await startConsole()
  const { states, stats, search, redrives } = console.engine
  const heard: Heard[] = []
  const feed = createChangeFeed({
    integrations: console.integrations,
    states,
    stats,
    search,
    redrives,
    clock: createSystemClock(),
    hub: { publish: (event, data) => heard.push({ event, data: data() }) },
  })
  const look = async (only: Heard['event']) => {
    await feed.look()
    return heard.splice(0).filter(({ event }) => event === only)
  }
  return { ...console, feed, look }
}

test('the first look tells nothing, and neither does one without a change', async () => {
  await using world = await open()
  await world.put(1, 'parked')
  await world.engine.redrives.create(redriveOf('r'))
  for (const event of ['delivery', 'integration', 'redrive', 'delivery'] as const)
    expect(await world.look(event)).toEqual([])
})

test('an attempt is told once, with what became of it', async () => {
  await using world = await open()
  await world.look('delivery')
  await world.put(1, 'delivering')
  const data = { integration: 'maas', centerId: idOf(1), version: 1 }
  expect(await world.look('delivery')).toEqual([
    { event: 'delivery', data: { ...data, state: 'delivering' } },
  ])
  expect(await world.look('delivery')).toEqual([])
  const found = await world.engine.ledger.read(data)
  if (found) await world.engine.ledger.replace({ ...found.row, state: 'delivered' }, found.revision)
  expect(await world.look('delivery')).toEqual([{ event: 'delivery', data: { ...data, state: 'delivered' } }])
})

test('of many attempts the newest 20 are told', async () => {
  await using world = await open()
  await world.look('delivery')
  for (let n = 1; n <= 30; n++) await world.put(n, 'delivered')
  expect(await world.look('delivery')).toHaveLength(20)
})

test('a pause by another process, and new figures, are told of the integration that they are of', async () => {
  await using world = await open()
  await world.look('integration')
  await world.engine.states.writePause('maas', { by: 'ana', at: 1, reason: 'maintenance' })
  expect(await world.look('integration')).toMatchObject([{ data: { name: 'maas', health: 'paused' } }])
  await world.put(1, 'rejected', { integration: 'dmitri' })
  expect(await world.look('integration')).toMatchObject([
    { data: { name: 'maas', counts: { waiting: 1 } } },
    { data: { name: 'dmitri', counts: { rejected: 1 } } },
  ])
})

test('a redrive is told when it begins, with each step, and once when it has ended', async () => {
  await using world = await open()
  const { redrives } = world.engine
  await world.look('redrive')
  const revision = await redrives.create(redriveOf('r'))
  expect(await world.look('redrive')).toMatchObject([{ data: { id: 'r', state: 'running', remaining: 3 } }])
  const stepped = await redrives.update({ ...redriveOf('r'), delivered: 1 }, revision ?? '')
  expect(await world.look('redrive')).toMatchObject([{ data: { delivered: 1, remaining: 2 } }])
  await redrives.update({ ...redriveOf('r'), delivered: 3, state: 'done' }, stepped ?? '')
  expect(await world.look('redrive')).toMatchObject([{ data: { state: 'done', remaining: 0 } }])
  expect(await world.look('redrive')).toEqual([])
  expect(await world.look('redrive')).toEqual([])
})

test('a redrive that begins and ends between two looks is told, once', async () => {
  await using world = await open()
  await world.look('redrive')
  const { redrives } = world.engine
  const revision = await redrives.create(redriveOf('r'))
  await redrives.update({ ...redriveOf('r'), delivered: 3, state: 'done' }, revision ?? '')
  expect(await world.look('redrive')).toMatchObject([{ data: { id: 'r', state: 'done' } }])
  expect(await world.look('redrive')).toEqual([])
})

test('whoever begins to watch is told of what changes from then on, by the first look after it', async () => {
  await using world = await open()
  await world.feed.begin()
  await world.put(1, 'delivered')
  expect(await world.look('delivery')).toHaveLength(1)
  // The look of somebody else who watches already is not made again.
  await world.put(2, 'delivered')
  await world.feed.begin()
  expect(await world.look('delivery')).toHaveLength(1)
})

test('what happened while nobody watched is not told', async () => {
  await using world = await open()
  await world.look('delivery')
  world.feed.forget()
  await world.put(1, 'delivered')
  expect(await world.look('delivery')).toEqual([])
})
