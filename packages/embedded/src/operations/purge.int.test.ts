import { openEmbedded, type Embedded } from '../open-embedded.ts'
import { SAMPLE_TIME, writeOf } from '../testing/sample-write.ts'

const DAY_MS = 86_400_000
const KEEP_MS = 30 * DAY_MS

let engine: Embedded | undefined
afterEach(() => engine?.close())

const open = (subscriptions: string[] = []): Embedded => {
  engine = openEmbedded({
    dataDir: ':memory:',
    subscriptions: subscriptions.map((name) => ({
      name,
      retry: { minBackoffMs: 10, maxBackoffMs: 10, attemptsMax: 5 },
      concurrencyMax: 1,
    })),
    onError: (error) => {
      throw error
    },
  })
  return engine
}

const idOf = (n: number) => writeOf(n).event.id
const keptOf = async ({ outbox }: Embedded, count: number) => {
  const events = await Promise.all(Array.from({ length: count }, (_, n) => outbox.read(idOf(n))))
  return events.flatMap((event, n) => (event ? [n] : []))
}

test('an event goes 30 days after it was closed, no earlier', async () => {
  const opened = open()
  for (const n of [0, 1]) await opened.centers.create(writeOf(n))
  await opened.outbox.close([idOf(0)], SAMPLE_TIME)
  await opened.outbox.close([idOf(1)], SAMPLE_TIME + 1)
  expect(await opened.purge(SAMPLE_TIME + KEEP_MS - 1)).toBe(0)
  expect(await opened.purge(SAMPLE_TIME + KEEP_MS)).toBe(1)
  expect(await keptOf(opened, 2)).toEqual([1])
})

test('an open event never goes', async () => {
  const opened = open()
  await opened.centers.create(writeOf(0))
  expect(await opened.purge(SAMPLE_TIME + 1000 * DAY_MS)).toBe(0)
  expect(await keptOf(opened, 1)).toEqual([0])
})

test('a closed event that is still queued somewhere does not go', async () => {
  const opened = open(['a'])
  await opened.centers.create(writeOf(0))
  await opened.outbox.close([idOf(0)], SAMPLE_TIME)
  expect(await opened.purge(SAMPLE_TIME + 1000 * DAY_MS)).toBe(0)
  expect(await keptOf(opened, 1)).toEqual([0])
})

test('a center stays when its event goes', async () => {
  const opened = open()
  await opened.centers.create(writeOf(0))
  await opened.outbox.close([idOf(0)], SAMPLE_TIME)
  await opened.purge(SAMPLE_TIME + KEEP_MS)
  expect((await opened.centers.read(writeOf(0).stored.center.id))?.center).toEqual(writeOf(0).stored.center)
})

test('a kept answer goes when its time is over, no earlier', async () => {
  const opened = open()
  const { center } = writeOf(0).stored
  const record = {
    caller: 'a',
    key: 'k',
    fingerprint: 'f',
    status: 201 as const,
    center,
    expiresAt: SAMPLE_TIME,
  }
  await opened.centers.saveIdempotency({ record })
  expect(await opened.purge(SAMPLE_TIME - 1)).toBe(0)
  expect(await opened.purge(SAMPLE_TIME)).toBe(1)
  expect(await opened.centers.readIdempotency('a', 'k')).toBeUndefined()
})

test('one purge takes 500 events at most, the next ones take the rest', async () => {
  const opened = open()
  await Promise.all(Array.from({ length: 600 }, (_, n) => opened.centers.create(writeOf(n))))
  await opened.outbox.close(
    Array.from({ length: 600 }, (_, n) => idOf(n)),
    SAMPLE_TIME,
  )
  const later = SAMPLE_TIME + KEEP_MS
  expect([await opened.purge(later), await opened.purge(later), await opened.purge(later)]).toEqual([
    500, 100, 0,
  ])
})
