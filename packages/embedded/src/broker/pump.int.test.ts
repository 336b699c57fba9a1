import { createBroker, type Broker } from './broker.ts'
import { createCenterStore } from '../intake/center-store.ts'
import { createGroupCommit } from '../database/group-commit.ts'
import { createMessageQueue } from './message-queue.ts'
import { openMemoryDatabase } from '../database/open-database.ts'
import type { Subscription } from './pump.ts'
import type { PushedMessage, PushHandler } from './pushed-message.ts'
import { waitFor } from '@mensageria/testkit/wait-for'
import { writeOf } from '../testing/sample-write.ts'

const RETRY = { minBackoffMs: 40, maxBackoffMs: 80, attemptsMax: 100 }

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/** A queue with one subscription, and what its handler was pushed. */
const setUp = (answer: PushHandler, change: Partial<Subscription> & { ackDeadlineMs?: number } = {}) => {
  const { ackDeadlineMs, ...subscription } = change
  const database = openMemoryDatabase()
  const { db } = database
  const commits = createGroupCommit(database)
  const { read, write } = commits
  const queue = createMessageQueue(db, commits, ['a'])
  const centers = createCenterStore(db, { read, write }, queue, (published) => broker?.offer(published))
  const pushed: (PushedMessage & { at: number })[] = []
  const errors: unknown[] = []
  let broker: Broker | undefined
  const start = () => {
    const handler: PushHandler = (message) => {
      pushed.push({ ...message, at: performance.now() })
      return answer(message)
    }
    broker = createBroker([{ name: 'a', retry: RETRY, concurrencyMax: 4, handler, ...subscription }], {
      queue,
      onError: (error) => errors.push(error),
      ...(ackDeadlineMs === undefined ? {} : { ackDeadlineMs }),
    })
    return broker
  }
  closers.push(async () => {
    await broker?.stop()
    database.close()
  })
  return { db, centers, pushed, errors, start }
}

const acknowledge: PushHandler = async () => true

test('a message planned beyond any backoff, because the clock jumped back, comes all the same', async () => {
  const world = setUp(acknowledge)
  await world.centers.create(writeOf(1))
  world.db.exec(`UPDATE messages SET next_at = ${Date.now() + 3_600_000}`)
  world.start()
  await waitFor('a push', () => world.pushed.length > 0)
})

test('a message planned within the backoff is not taken for one of these', async () => {
  const world = setUp(acknowledge)
  for (const n of [1, 2]) await world.centers.create(writeOf(n))
  const nextAt = Date.now() + 600
  world.db.exec(`UPDATE messages SET next_at = ${nextAt} WHERE event_seq = 1`)
  world.start()
  await waitFor('2 pushes', () => world.pushed.length === 2)
  expect(world.pushed[1]?.messageId).toBe('1')
  expect(Date.now()).toBeGreaterThanOrEqual(nextAt)
})

test('a refused message waits for its backoff, which doubles up to its maximum', async () => {
  const world = setUp(async ({ deliveryAttempt }) => deliveryAttempt === 4)
  world.start()
  await world.centers.create(writeOf(1))
  await waitFor('4 pushes', () => world.pushed.length === 4)
  const gaps = world.pushed.slice(1).map(({ at }, index) => at - (world.pushed[index]?.at ?? 0))
  // 40, 80, 80 ms less 10 % of jitter and a millisecond for the rounding of timers.
  for (const [index, least] of [35, 71, 71].entries()) expect(gaps[index]).toBeGreaterThanOrEqual(least)
})

test('a handler that is later than the deadline has refused, and its late answer changes nothing', async () => {
  const answers: ((acknowledged: boolean) => void)[] = []
  const world = setUp(() => new Promise((resolve) => answers.push(resolve)), { ackDeadlineMs: 30 })
  world.start()
  await world.centers.create(writeOf(1))
  await waitFor('2 pushes', () => world.pushed.length === 2)
  expect(world.pushed.map(({ deliveryAttempt }) => deliveryAttempt)).toEqual([1, 2])
  answers[0]?.(true)
  await waitFor('3 pushes', () => world.pushed.length === 3)
  for (const answer of answers) answer(true)
})

test('a handler that hangs for ever holds neither its place nor the stop for longer than the deadline', async () => {
  const hang: PushHandler = () => new Promise(() => {})
  const world = setUp(hang, { ackDeadlineMs: 30, concurrencyMax: 1 })
  world.start()
  for (const n of [1, 2, 3]) await world.centers.create(writeOf(n))
  await waitFor('each message once', () => new Set(world.pushed.map(({ messageId }) => messageId)).size === 3)
})

test('an answer that cannot be stored is told, and the message comes again', async () => {
  const world = setUp(acknowledge)
  world.db.exec(`CREATE TRIGGER broken BEFORE DELETE ON messages BEGIN SELECT raise(ABORT, 'broken'); END`)
  world.start()
  await world.centers.create(writeOf(1))
  await waitFor('an error', () => world.errors.length > 0)
  world.db.exec('DROP TRIGGER broken')
  const count = world.pushed.length
  await waitFor('another push', () => world.pushed.length > count)
  expect(String(world.errors[0])).toContain('broken')
})

test('a queue that cannot be read is told, and the pump goes on when it can', async () => {
  const world = setUp(acknowledge)
  await world.centers.create(writeOf(1))
  world.db.exec('ALTER TABLE events RENAME TO hidden')
  world.start()
  await waitFor('an error', () => world.errors.length > 0)
  world.db.exec('ALTER TABLE hidden RENAME TO events')
  await waitFor('a push', () => world.pushed.length > 0)
})

test('two subscriptions whose messages die at the same instant give two dead letters', async () => {
  const world = setUp(acknowledge)
  const dead: PushedMessage[] = []
  await world.centers.create(writeOf(1))
  world.db
    .exec(`INSERT INTO messages (subscription, event_seq, source, source_attempts, published_at, next_at)
    SELECT 'a', 1, s.value, 5, 1, 1 FROM json_each('["x", "y"]') s`)
  world.start()
  await waitFor('3 pushes', () => world.pushed.length >= 3)
  dead.push(...world.pushed)
  expect(new Set(dead.map(({ messageId }) => messageId))).toEqual(new Set(['1', '1.x', '1.y']))
})

test('more messages than are read at once are all pushed, each once', async () => {
  const world = setUp(acknowledge)
  await Promise.all(Array.from({ length: 300 }, (_, n) => world.centers.create(writeOf(n))))
  world.start()
  await waitFor('300 pushes', () => world.pushed.length >= 300)
  expect(new Set(world.pushed.map(({ messageId }) => messageId)).size).toBe(300)
  expect(world.pushed).toHaveLength(300)
  expect(world.errors).toEqual([])
})

test('what fails for long does not keep what is new waiting', async () => {
  const world = setUp(async ({ attributes }) => Number(attributes['ce-subject']?.slice(-3)) >= 200, {
    retry: { minBackoffMs: 20, maxBackoffMs: 20, attemptsMax: 100_000 },
  })
  await Promise.all(Array.from({ length: 200 }, (_, n) => world.centers.create(writeOf(n))))
  world.start()
  await waitFor('more than 400 pushes', () => world.pushed.length > 400)
  await world.centers.create(writeOf(200))
  await waitFor('the new center pushed', () =>
    world.pushed.some(({ attributes }) => attributes['ce-subject']?.endsWith('200') === true),
  )
})

test('a handler that throws before it gives a promise has refused, and the message comes again', async () => {
  const world = setUp(({ deliveryAttempt }) => {
    if (deliveryAttempt === 1) throw new Error('broken at once')
    return Promise.resolve(true)
  })
  world.start()
  await world.centers.create(writeOf(1))
  await waitFor('2 pushes', () => world.pushed.length === 2)
  expect(world.errors).toEqual([])
})
