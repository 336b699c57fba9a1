import {
  InvalidPageTokenError,
  type CenterStore,
  type DeliveryFilter,
  type DeliveryRow,
  type DeliverySearch,
  type Ledger,
} from '@mensageria/core'
import { writeOf } from './center-store.ts'
import { deliveryRowOf } from './ledger.ts'

/** An empty store with its search; `integrations` are those that it was opened for. */
export type DeliverySearchUnderTest = {
  centers: CenterStore
  ledger: Ledger
  search: DeliverySearch
  close(): Promise<void> | void
}

/** The integrations that `open` gets; centers below number 3 are from before dmitri's time. */
export const SEARCHED_INTEGRATIONS = [
  { name: 'maas' },
  { name: 'dmitri', since: Date.parse('2026-11-20T12:00:00.003Z') },
]

type Fields = {
  state: DeliveryRow['state']
  version?: number
  kind?: 'transient' | 'unknown'
  cause?: string
  at?: number
}

/** What every search of deliveries must do. `open` gives an empty one each time. */
export const describeDeliverySearch = (
  name: string,
  open: (integrations: readonly { name: string; since?: number }[]) => Promise<DeliverySearchUnderTest>,
): void => {
  describe(`delivery search: ${name}`, () => {
    let store: DeliverySearchUnderTest
    beforeEach(async () => {
      store = await open(SEARCHED_INTEGRATIONS)
    })
    afterEach(async () => {
      await store.close()
    })

    const idOf = (n: number) => writeOf(n).stored.center.id
    const accept = (n: number) => store.centers.create(writeOf(n))
    const put = async (n: number, integration: string, fields: Fields): Promise<void> => {
      const { state, version = 1, kind = 'transient', cause, at = 1000 + n } = fields
      const row = {
        ...deliveryRowOf(idOf(n), { integration, state, version }),
        lastAttemptAt: at,
        ...(cause === undefined ? {} : { lastFailure: { kind, cause, message: 'x', at } }),
      }
      const found = await store.ledger.read(row)
      await (found ? store.ledger.replace(row, found.revision) : store.ledger.create(row))
    }
    const numbers = new Map(Array.from({ length: 500 }, (_, n) => [idOf(n), n]))
    const pages = async (filter: DeliveryFilter, pageSize = 200): Promise<string[][]> => {
      const all: string[][] = []
      let pageToken: string | undefined
      do {
        const position = pageToken === undefined ? {} : { pageToken }
        const page = await store.search.find(filter, { pageSize, ...position })
        all.push(page.items.map(({ integration, centerId }) => `${integration} ${numbers.get(centerId)}`))
        pageToken = page.nextPageToken
      } while (pageToken !== undefined)
      return all
    }
    const find = async (filter: DeliveryFilter, pageSize?: number) => (await pages(filter, pageSize)).flat()

    test('finds by integration and state, newest first, with row and center', async () => {
      for (const n of [4, 5, 6]) await accept(n)
      await put(4, 'maas', { state: 'parked', cause: 'tls' })
      await put(5, 'maas', { state: 'rejected' })
      await put(6, 'maas', { state: 'parked' })
      await put(6, 'dmitri', { state: 'delivered' })
      expect(await find({ integration: 'maas', states: ['parked'] })).toEqual(['maas 6', 'maas 4'])
      expect(await find({ integration: 'maas', states: ['rejected', 'parked'] })).toEqual([
        'maas 6',
        'maas 5',
        'maas 4',
      ])
      expect(await find({ states: ['delivered'] })).toEqual(['dmitri 6'])
      const { items } = await store.search.find(
        { integration: 'maas', states: ['rejected'] },
        { pageSize: 1 },
      )
      expect(items).toMatchObject([
        { centerId: idOf(5), centerVersion: 1, row: { state: 'rejected', version: 1 } },
      ])
    })

    test('a row follows its state: where it was it is not found any more', async () => {
      await accept(4)
      await put(4, 'maas', { state: 'parked', cause: 'tls' })
      await put(4, 'maas', { state: 'delivered' })
      expect(await find({ integration: 'maas', states: ['parked'] })).toEqual([])
      expect(await find({ integration: 'maas', cause: 'tls' })).toEqual([])
      expect(await find({ integration: 'maas', states: ['delivered'] })).toEqual(['maas 4'])
    })

    test('finds by kind, cause, center and time of the last attempt', async () => {
      for (const n of [4, 5, 6]) await accept(n)
      await put(4, 'maas', { state: 'parked', cause: 'http-503', at: 100 })
      await put(5, 'maas', { state: 'parked', cause: 'timeout', kind: 'unknown', at: 200 })
      await put(6, 'dmitri', { state: 'retrying', cause: 'http-503', at: 300 })
      expect(await find({ cause: 'http-503' })).toEqual(['dmitri 6', 'maas 4'])
      expect(await find({ kind: 'unknown' })).toEqual(['maas 5'])
      expect(await find({ cause: 'http-503', kind: 'unknown' })).toEqual([])
      expect(await find({ states: ['parked', 'retrying'], since: 200, until: 300 })).toEqual(['maas 5'])
      expect(await find({ centerId: idOf(5), states: ['parked'] })).toEqual(['maas 5'])
      expect(await find({ centerId: idOf(5), integration: 'dmitri', states: ['parked'] })).toEqual([])
    })

    test('finds by the start of name, code or taxId', async () => {
      for (const n of [4, 5]) await accept(n)
      await put(4, 'maas', { state: 'parked' })
      await put(5, 'maas', { state: 'parked' })
      const { name: centerName, code = '', taxId } = writeOf(4).stored.center
      for (const text of [centerName, code, taxId]) {
        expect(await find({ states: ['parked'], q: text.toLowerCase() })).toEqual(['maas 4'])
      }
      expect(await find({ states: ['parked'], q: 'cd' })).toEqual(['maas 5', 'maas 4'])
      expect(await find({ q: 'nobody' })).toEqual([])
    })

    test('centers without a row wait, each at the integrations whose own they are', async () => {
      for (const n of [1, 4, 5]) await accept(n)
      await put(5, 'maas', { state: 'delivered' })
      expect(await find({ states: ['waiting'] })).toEqual(['maas 4', 'maas 1', 'dmitri 5', 'dmitri 4'])
      expect(await find({ integration: 'dmitri', states: ['waiting'], backfill: true })).toEqual([
        'dmitri 5',
        'dmitri 4',
        'dmitri 1',
      ])
      expect(await find({ integration: 'dmitri', states: ['waiting'], cause: 'tls' })).toEqual([])
      expect(await find({ integration: 'dmitri', centerId: idOf(1) })).toEqual([])
      expect(await find({ integration: 'dmitri', centerId: idOf(1), backfill: true })).toEqual(['dmitri 1'])
    })

    test('a row below its center’s version waits, whatever became of the older one', async () => {
      await accept(4)
      await put(4, 'maas', { state: 'delivered' })
      await store.centers.update({
        ...writeOf(4, 2),
        expected: (await store.centers.read(idOf(4)))?.revision ?? '',
      })
      expect(await find({ integration: 'maas', states: ['delivered'] })).toEqual([])
      expect(await find({ integration: 'maas', states: ['waiting'] })).toEqual(['maas 4'])
      // The older version's call ends after the change.
      await put(4, 'maas', { state: 'parked', version: 1 })
      expect(await find({ integration: 'maas', states: ['waiting'] })).toEqual(['maas 4'])
      await put(4, 'maas', { state: 'delivered', version: 2 })
      expect(await find({ integration: 'maas', states: ['delivered'] })).toEqual(['maas 4'])
    })

    test('without states it finds all of them, rows before centers that have none', async () => {
      for (const n of [4, 5]) await accept(n)
      await put(4, 'maas', { state: 'delivered' })
      expect(await find({})).toEqual(['maas 4', 'maas 5', 'dmitri 5', 'dmitri 4'])
    })

    test.each([1, 2, 3, 50])('in pages of %d each is found once, in the same order', async (pageSize) => {
      for (let n = 1; n <= 12; n++) {
        await accept(n)
        if (n % 3 !== 0) await put(n, 'maas', { state: n % 2 === 0 ? 'parked' : 'delivered', cause: 'tls' })
      }
      for (const filter of [
        {},
        { integration: 'maas' },
        { cause: 'tls' },
        { q: 'cd' },
        { kind: 'transient' as const },
      ]) {
        const whole = await find(filter)
        expect(new Set(whole).size).toBe(whole.length)
        const parts = await pages(filter, pageSize)
        expect(parts.flat()).toEqual(whole)
        for (const part of parts) expect(part.length).toBeLessThanOrEqual(pageSize)
      }
    })

    test('what changes between two pages is not found twice', async () => {
      for (const n of [4, 5, 6]) {
        await accept(n)
        await put(n, 'maas', { state: 'parked' })
      }
      const filter: DeliveryFilter = { integration: 'maas', states: ['parked', 'rejected'] }
      const first = await store.search.find(filter, { pageSize: 1 })
      await put(6, 'maas', { state: 'rejected' })
      const rest = await store.search.find(filter, { pageSize: 10, pageToken: first.nextPageToken ?? '' })
      expect([...first.items, ...rest.items].map(({ centerId }) => numbers.get(centerId))).toEqual([6, 5, 4])
    })

    test('one that fits is found behind hundreds that do not', async () => {
      await accept(4)
      await put(4, 'maas', { state: 'parked', kind: 'unknown', cause: 'x' })
      for (let n = 5; n < 450; n++) {
        await accept(n)
        await put(n, 'maas', { state: 'parked', cause: 'x' })
      }
      expect(await find({ integration: 'maas', kind: 'unknown' })).toEqual(['maas 4'])
      expect(await find({ states: ['waiting'], integration: 'dmitri', q: 'cd' }, 200)).toHaveLength(446)
    })

    test('an integration that nobody has finds nothing', async () => {
      await accept(4)
      expect(await find({ integration: 'nobody' })).toEqual([])
    })

    test.each(['', 'x', 'bm90IGpzb24=', Buffer.from('9.1').toString('base64url')])(
      'the page token %j, which no page gave, is refused',
      async (pageToken) => {
        const found = store.search.find({ integration: 'maas' }, { pageSize: 2, pageToken })
        await expect(found).rejects.toThrow(InvalidPageTokenError)
      },
    )
  })
}
