import { blankRow, type DeliveryRow } from '@mensageria/core'
import { openEmbedded, type Embedded } from '../open-embedded.ts'
import { writeOf } from '../testing/sample-write.ts'

let engine: Embedded
beforeEach(() => {
  engine = openEmbedded({
    dataDir: ':memory:',
    subscriptions: ['maas', 'dmitri'].map((name) => ({
      name,
      retry: { minBackoffMs: 10, maxBackoffMs: 10, attemptsMax: 5 },
      concurrencyMax: 1,
    })),
    onError: (error) => {
      throw error
    },
  })
})
afterEach(() => engine.close())

const START = Date.parse('2026-11-20T12:00:00.000Z')
const acceptedAt = (n: number) => START + n * 1000
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index)

/** Registers centers a second apart. */
const acceptAll = (numbers: readonly number[]) =>
  Promise.all(
    numbers.map((n) => {
      const { stored, event } = writeOf(n)
      const at = new Date(acceptedAt(n)).toISOString()
      const center = { ...stored.center, createdAt: at, updatedAt: at }
      return engine.centers.create({
        stored: { ...stored, center },
        event: { ...event, time: at, data: center },
      })
    }),
  )
const rowOf = (n: number, integration: string): DeliveryRow => ({
  ...blankRow({ integration, centerId: writeOf(n).stored.center.id }, 1, 't'),
  lastAttemptAt: START,
  state: 'delivered',
})
const deliverAll = (numbers: readonly number[], integration: string) =>
  Promise.all(numbers.map((n) => engine.ledger.create(rowOf(n, integration))))
const closeAll = (numbers: readonly number[]) =>
  engine.outbox.close(
    numbers.map((n) => writeOf(n).event.id),
    START,
  )
const oldest = async (name: string) => (await engine.stats.ofIntegration(name)).oldestUndeliveredAt

test('what waits without an open event is counted also behind thousands of open ones', async () => {
  await acceptAll(range(0, 2_600))
  await deliverAll(range(0, 2_600), 'dmitri')
  await deliverAll([7, 1_500], 'maas')
  expect(await engine.stats.count(START)).toEqual([])
  await closeAll([7, 8, 9, 1_500, 1_501])
  // 2,595 events are open: the pairs are counted one by one.
  expect(await engine.stats.count(START)).toEqual([{ integration: 'maas', count: 3 }])
  await closeAll(range(10, 1_000))
  // Fewer are open: what waits less what waits with one.
  expect(await engine.stats.count(START)).toEqual([{ integration: 'maas', count: 993 }])
})

test('the one that waits longest is found behind those that have a row, however many', async () => {
  await acceptAll(range(0, 5_000))
  await closeAll(range(0, 5_000))
  await deliverAll(range(0, 4_500), 'maas')
  await deliverAll(range(4_501, 5_000), 'maas')
  // Each question passes 2,000 centers at most, and the next one begins behind them.
  const asked = [await oldest('maas'), await oldest('maas'), await oldest('maas')]
  expect(asked.at(-1)).toBe(acceptedAt(4_500))
  expect(await oldest('maas')).toBe(acceptedAt(4_500))
  expect(await oldest('dmitri')).toBe(acceptedAt(0))
  await deliverAll([4_500], 'maas')
  expect(await oldest('maas')).toBeUndefined()
})

test('the one that waits longest with an open event is found at once', async () => {
  await acceptAll(range(0, 3_000))
  await deliverAll(range(0, 2_990), 'maas')
  await closeAll(range(0, 2_990))
  expect(await oldest('maas')).toBe(acceptedAt(2_990))
})
