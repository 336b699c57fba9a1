import { blankRow, type DeliveryFilter, type DeliveryRow } from '@mensageria/core'
import { openEmbedded, type Embedded } from '../open-embedded.ts'
import { writeOf } from '../testing/sample-write.ts'

const NAMES = ['maas', 'dmitri']

let engine: Embedded
beforeEach(() => {
  engine = openEmbedded({
    dataDir: ':memory:',
    subscriptions: NAMES.map((name) => ({
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

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index)
const acceptAll = (numbers: readonly number[]) =>
  Promise.all(numbers.map((n) => engine.centers.create(writeOf(n))))
const idOf = (n: number) => writeOf(n).stored.center.id
const rowOf = (n: number, integration: string, fields: Partial<DeliveryRow> = {}): DeliveryRow => ({
  ...blankRow({ integration, centerId: idOf(n) }, 1, 't'),
  lastAttemptAt: 1000 + n,
  ...fields,
  state: 'delivered',
})
const deliverAll = (numbers: readonly number[], integration: string) =>
  Promise.all(numbers.map((n) => engine.ledger.create(rowOf(n, integration))))

/** All pages of a search: the numbers of what they have, and how often the event loop had a turn meanwhile. */
const walk = async (filter: DeliveryFilter, pageSize: number) => {
  const pages: string[][] = []
  let turns = 0
  let done = false
  const tick = () => {
    turns += 1
    if (!done) setImmediate(tick)
  }
  setImmediate(tick)
  let pageToken: string | undefined
  do {
    const page = await engine.search.find(filter, {
      pageSize,
      ...(pageToken === undefined ? {} : { pageToken }),
    })
    pages.push(page.items.map(({ integration, centerId }) => `${integration} ${Number(centerId.slice(-12))}`))
    pageToken = page.nextPageToken
  } while (pageToken !== undefined)
  done = true
  return { pages, turns }
}

test('a walk through all pages gives other work a turn between', async () => {
  await acceptAll(range(0, 300))
  await deliverAll(range(0, 300), 'maas')
  const { pages, turns } = await walk({ integration: 'maas' }, 10)
  expect(pages.flat()).toHaveLength(300)
  expect(turns).toBeGreaterThanOrEqual(pages.length)
})

test('what waits behind thousands of delivered centers is found, in bounded pages that may be empty', async () => {
  await acceptAll(range(0, 12_500))
  await deliverAll(range(3, 12_500), 'dmitri')
  const { pages, turns } = await walk({ integration: 'dmitri', states: ['waiting'] }, 50)
  expect(pages.flat()).toEqual(['dmitri 2', 'dmitri 1', 'dmitri 0'])
  expect(pages).toEqual([[], pages.flat()])
  // A thousand centers in each.
  expect(turns).toBeGreaterThanOrEqual(12)
})

test('where nothing waits, no center is passed', async () => {
  await acceptAll(range(0, 300))
  await deliverAll(range(0, 300), 'dmitri')
  expect((await walk({ integration: 'dmitri', states: ['waiting'] }, 50)).pages).toEqual([[]])
})

test('a delivery that was shown, and waits by a newer version, is not shown again', async () => {
  await acceptAll(range(0, 4))
  await deliverAll([0, 1, 2], 'maas')
  const filter: DeliveryFilter = { integration: 'maas' }
  const first = await engine.search.find(filter, { pageSize: 2 })
  expect(first.items.map(({ centerId }) => centerId)).toEqual([2, 1].map(idOf))
  await engine.centers.update({ ...writeOf(2, 2), expected: '1' })
  const rest = await engine.search.find(filter, { pageSize: 50, pageToken: first.nextPageToken ?? '' })
  expect(rest.items.map(({ centerId }) => centerId)).toEqual([0, 3].map(idOf))
  // A search for what waits alone has shown none of it.
  const waiting = await walk({ integration: 'maas', states: ['waiting'] }, 50)
  expect(waiting.pages.flat()).toEqual(['maas 3', 'maas 2'])
})

test('a text that more centers fit than are looked up one by one finds the same, page by page', async () => {
  await acceptAll(range(0, 450))
  await deliverAll(range(100, 450), 'maas')
  const few = await walk({ integration: 'maas', q: 'cd 12' }, 5)
  expect(few.pages.flat().toSorted()).toEqual([12, ...range(120, 130)].map((n) => `maas ${n}`).toSorted())
  const many = await walk({ integration: 'maas', q: 'cd ' }, 40)
  expect(many.pages.flat()).toHaveLength(450)
  expect(new Set(many.pages.flat()).size).toBe(450)
})

test('a page token outlives the moment at which a text fits too many centers', async () => {
  await acceptAll(range(0, 200))
  const filter: DeliveryFilter = { integration: 'maas', q: 'cd' }
  const first = await engine.search.find(filter, { pageSize: 150 })
  await acceptAll(range(200, 300))
  const rest = await engine.search.find(filter, { pageSize: 150, pageToken: first.nextPageToken ?? '' })
  const found = [...first.items, ...rest.items].map(({ centerId }) => centerId)
  // The sample centers are of one moment: those that came since have no place of their own in time.
  expect(new Set(found).size).toBe(found.length)
  for (const n of range(0, 200)) expect(found).toContain(idOf(n))
})
