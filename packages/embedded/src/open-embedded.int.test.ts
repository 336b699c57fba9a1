import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { PushedMessage, PushHandler } from './broker/pushed-message.ts'
import type { Broker } from './broker/broker.ts'
import { openEmbedded } from './open-embedded.ts'
import { waitFor } from '@mensageria/testkit/wait-for'
import { writeOf } from './testing/sample-write.ts'
import { useTempDir } from './testing/temp-dir.ts'

const errors: unknown[] = []

const acknowledge: PushHandler = async () => true
const refuse: PushHandler = async () => false

const shuts: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const shut of shuts.splice(0)) await shut()
  expect(errors.splice(0)).toEqual([])
})

// Its folder goes after the engine that has it.
const dir = useTempDir()

/** Opens the folder with subscription `a`; `shut` ends it in order, and so does the end of the test. */
const open = ({ attemptsMax = 100, names = ['a'] } = {}) => {
  const retry = { minBackoffMs: 20, maxBackoffMs: 40, attemptsMax }
  const engine = openEmbedded({
    dataDir: dir(),
    subscriptions: names.map((name) => ({ name, retry, concurrencyMax: 4 })),
    onError: (error) => errors.push(error),
  })
  let broker: Broker | undefined
  let isOpen = true
  const start = (a: PushHandler, onDeadLetter = acknowledge) => {
    broker = engine.startBroker({ a }, onDeadLetter)
    return broker
  }
  const close = () => {
    isOpen = false
    engine.close()
  }
  const shut = async () => {
    await broker?.stop()
    if (isOpen) close()
  }
  shuts.push(shut)
  return { ...engine, start, close, shut }
}

const recorder = (answer: PushHandler) => {
  const pushed: PushedMessage[] = []
  const handler: PushHandler = (message) => {
    pushed.push(message)
    return answer(message)
  }
  return { pushed, handler }
}

test('the attempts of a message are counted on after the folder is opened again', async () => {
  const before = open()
  const first = recorder(refuse)
  before.start(first.handler)
  await before.centers.create(writeOf(1))
  await waitFor('2 pushes to the first process', () => first.pushed.length >= 2)
  await before.shut()
  const after = open()
  const second = recorder(acknowledge)
  after.start(second.handler)
  await waitFor('a push to the second process', () => second.pushed.length > 0)
  expect(second.pushed[0]?.deliveryAttempt).toBe(first.pushed.length + 1)
  expect(second.pushed[0]?.messageId).toBe(first.pushed[0]?.messageId)
})

test('a message carries its event, also where another process wrote it', async () => {
  const before = open()
  const { event } = writeOf(1)
  await before.centers.create(writeOf(1))
  await before.shut()
  const after = open({ attemptsMax: 1 })
  const [a, dead] = [recorder(refuse), recorder(acknowledge)]
  after.start(a.handler, dead.handler)
  await waitFor('a push to the dead letters', () => dead.pushed.length > 0)
  await after.centers.create(writeOf(2))
  await waitFor('a second push to a', () => a.pushed.length > 1)
  expect(a.pushed.map((message) => message.event)).toEqual([
    { ok: true, event },
    { ok: true, event: writeOf(2).event },
  ])
  expect(dead.pushed[0]).toMatchObject({ event: { ok: true, event }, data: JSON.stringify(event.data) })
})

test('what is stored and no event is pushed as such: the handler can say so', async () => {
  const before = open()
  await before.centers.create(writeOf(1))
  await before.shut()
  const db = new DatabaseSync(join(dir(), 'mensageria.db'))
  db.exec(`UPDATE events SET data = '{}'`)
  db.close()
  const after = open()
  const a = recorder(acknowledge)
  after.start(a.handler)
  await waitFor('a push to a', () => a.pushed.length > 0)
  expect(a.pushed[0]?.event).toMatchObject({
    ok: false,
    reason: expect.stringContaining('Not a known event'),
  })
})

test('a dead letter outlives the process', async () => {
  const before = open({ attemptsMax: 1 })
  const dead = recorder(refuse)
  before.start(refuse, dead.handler)
  await before.centers.create(writeOf(1))
  await waitFor('a push to the dead letters', () => dead.pushed.length > 0)
  await before.shut()
  const after = open({ attemptsMax: 1 })
  const again = recorder(acknowledge)
  after.start(acknowledge, again.handler)
  await waitFor('a push after the restart', () => again.pushed.length > 0)
  expect(again.pushed[0]?.attributes).toEqual(dead.pushed[0]?.attributes)
})

test('an answer given while the broker stops is stored before the folder is closed', async () => {
  const before = open()
  const gate = Promise.withResolvers<void>()
  const first = recorder(() => gate.promise.then(() => true))
  before.start(first.handler)
  await before.centers.create(writeOf(1))
  await waitFor('one push to the first process', () => first.pushed.length === 1)
  const shutting = before.shut()
  gate.resolve()
  await shutting
  const after = open()
  await after.centers.create(writeOf(2))
  const second = recorder(acknowledge)
  after.start(second.handler)
  await waitFor('a push to the second process', () => second.pushed.length > 0)
  expect(second.pushed.map(({ attributes }) => attributes['ce-id'])).toEqual([writeOf(2).event.id])
})

test('a write that was begun before the folder closes is kept', async () => {
  const before = open()
  const creating = before.centers.create(writeOf(1))
  before.close()
  expect(await creating).toMatchObject({ committed: true })
  const after = open()
  expect(await after.centers.read(writeOf(1).stored.center.id)).toBeDefined()
})

test('a subscription without a handler is refused by name', () => {
  const engine = open()
  expect(() => engine.startBroker({}, acknowledge)).toThrow('The subscription a has no handler')
})

test('an event that is not stored cannot be published', async () => {
  const engine = open()
  await expect(engine.publisher.publish(writeOf(1).event)).rejects.toThrow(/is not stored/)
})

test('a subscription that is added later gets what is published from then on', async () => {
  const before = open({ names: [] })
  await before.centers.create(writeOf(1))
  before.close()
  const after = open()
  const a = recorder(acknowledge)
  after.start(a.handler)
  await after.centers.create(writeOf(2))
  await waitFor('a push to a', () => a.pushed.length > 0)
  expect(a.pushed[0]?.attributes['ce-id']).toBe(writeOf(2).event.id)
  // The sweeper publishes what has no row yet.
  await after.publisher.publish(writeOf(1).event)
  await waitFor('the published event', () =>
    a.pushed.some(({ attributes }) => attributes['ce-id'] === writeOf(1).event.id),
  )
})
