import { InvalidPageTokenError, type DeliveryFilter } from '@mensageria/core'
import { useEngine, type OpenEngine } from '../engine-under-test.ts'
import { findAll } from './found.ts'
import { createActs, idOf, writeOf } from '../samples.ts'

/** What every search of deliveries must do with rows, texts and pages. */
export const describeDeliverySearch = (name: string, open: OpenEngine): void => {
  describe(`search: ${name}`, () => {
    const store = useEngine(open)
    const { accept, put, update } = createActs(store)
    const find = (filter: DeliveryFilter, pageSize?: number) => findAll(store.search, filter, pageSize)

    test('finds by integration and state, newest first, with row and center', async () => {
      await accept(4, 5, 6)
      await put(4, 'maas', 'parked', { cause: 'tls' })
      await put(5, 'maas', 'rejected')
      await put(6, 'maas', 'parked')
      await put(6, 'dmitri', 'delivered')
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
      await put(4, 'maas', 'parked', { cause: 'tls' })
      await put(4, 'maas', 'delivered')
      expect(await find({ integration: 'maas', states: ['parked'] })).toEqual([])
      expect(await find({ integration: 'maas', cause: 'tls' })).toEqual([])
      expect(await find({ integration: 'maas', states: ['delivered'] })).toEqual(['maas 4'])
    })

    test('finds by kind, cause, center and time of the last attempt', async () => {
      await accept(4, 5, 6)
      await put(4, 'maas', 'parked', { cause: 'http-503', at: 100 })
      await put(5, 'maas', 'parked', { cause: 'timeout', kind: 'unknown', at: 200 })
      await put(6, 'dmitri', 'retrying', { cause: 'http-503', at: 300 })
      expect(await find({ cause: 'http-503' })).toEqual(['dmitri 6', 'maas 4'])
      expect(await find({ kind: 'unknown' })).toEqual(['maas 5'])
      expect(await find({ cause: 'http-503', kind: 'unknown' })).toEqual([])
      expect(await find({ states: ['parked', 'retrying'], since: 200, until: 300 })).toEqual(['maas 5'])
      expect(await find({ centerId: idOf(5), states: ['parked'] })).toEqual(['maas 5'])
      expect(await find({ centerId: idOf(5), integration: 'dmitri', states: ['parked'] })).toEqual([])
    })

    test('finds by the start of name, code or taxId', async () => {
      await accept(4, 5)
      await put(4, 'maas', 'parked')
      await put(5, 'maas', 'parked')
      const { name: centerName, code = '', taxId } = writeOf(4).stored.center
      for (const text of [centerName, code, taxId]) {
        expect(await find({ states: ['parked'], q: text.toLowerCase() })).toEqual(['maas 4'])
      }
      expect(await find({ states: ['parked'], q: 'cd' })).toEqual(['maas 5', 'maas 4'])
      expect(await find({ q: 'nobody' })).toEqual([])
    })

    test('centers without a row wait, each at the integrations whose own they are', async () => {
      await accept(1, 4, 5)
      await put(5, 'maas', 'delivered')
      expect(await find({ states: ['waiting'] })).toEqual(['maas 4', 'maas 1', 'dmitri 5', 'dmitri 4'])
      expect(await find({ integration: 'dmitri', states: ['waiting'], scope: 'all' })).toEqual([
        'dmitri 5',
        'dmitri 4',
        'dmitri 1',
      ])
      expect(await find({ integration: 'dmitri', states: ['waiting'], cause: 'tls' })).toEqual([])
      expect(await find({ integration: 'dmitri', centerId: idOf(1) })).toEqual([])
      expect(await find({ integration: 'dmitri', centerId: idOf(1), scope: 'all' })).toEqual(['dmitri 1'])
    })

    test('a row below its center’s version waits, whatever became of the older one', async () => {
      await accept(4)
      await put(4, 'maas', 'delivered')
      await update(4)
      expect(await find({ integration: 'maas', states: ['delivered'] })).toEqual([])
      expect(await find({ integration: 'maas', states: ['waiting'] })).toEqual(['maas 4'])
      // The older version's call ends after the change.
      await put(4, 'maas', 'parked', { version: 1 })
      expect(await find({ integration: 'maas', states: ['waiting'] })).toEqual(['maas 4'])
      await put(4, 'maas', 'delivered', { version: 2 })
      expect(await find({ integration: 'maas', states: ['delivered'] })).toEqual(['maas 4'])
    })

    test('without states it finds all of them, rows before centers that have none', async () => {
      await accept(4, 5)
      await put(4, 'maas', 'delivered')
      expect(await find({})).toEqual(['maas 4', 'maas 5', 'dmitri 5', 'dmitri 4'])
    })

    test('what is tried again between two pages is not found twice', async () => {
      await accept(4, 5, 6)
      for (const n of [4, 5, 6]) await put(n, 'maas', 'parked')
      const filter: DeliveryFilter = { integration: 'maas', states: ['parked', 'rejected'] }
      const first = await store.search.find(filter, { pageSize: 1 })
      expect(first.items.map(({ centerId }) => centerId)).toEqual([idOf(6)])
      await put(6, 'maas', 'rejected', { at: 5000 })
      const ids: string[] = []
      let { nextPageToken } = first
      while (nextPageToken !== undefined) {
        const page = await store.search.find(filter, { pageSize: 10, pageToken: nextPageToken })
        ids.push(...page.items.map(({ centerId }) => centerId))
        nextPageToken = page.nextPageToken
      }
      expect(ids).toEqual([5, 4].map(idOf))
    })

    test.each([1, 2])('attempts of one moment are each found once, in pages of %d', async (pageSize) => {
      const numbers = [4, 5, 6, 7, 8]
      await accept(...numbers)
      for (const n of numbers) {
        await put(n, 'maas', 'parked', { at: 500, cause: 'tls' })
        await put(n, 'dmitri', 'parked', { at: 500, cause: 'tls' })
      }
      const all = numbers.flatMap((n) => [`maas ${n}`, `dmitri ${n}`])
      for (const filter of [{}, { cause: 'tls' }, { since: 500, until: 501 }, { q: 'cd' }]) {
        const whole = await find(filter)
        expect(whole.toSorted()).toEqual(all.toSorted())
        expect(await find(filter, pageSize)).toEqual(whole)
      }
      expect(await find({ integration: 'maas' }, pageSize)).toHaveLength(5)
    })

    test('a row that was never called has the time of its parking', async () => {
      await accept(4, 5, 6)
      await put(4, 'maas', 'parked', { at: 400 })
      await put(5, 'maas', 'parked', { at: undefined, parkedAt: 500 })
      await put(6, 'maas', 'parked', { at: 600, parkedAt: 100 })
      const filter: DeliveryFilter = { integration: 'maas', states: ['parked'] }
      expect(await find(filter)).toEqual(['maas 6', 'maas 5', 'maas 4'])
      expect(await find({ ...filter, since: 500 })).toEqual(['maas 6', 'maas 5'])
      expect(await find({ ...filter, since: 501 })).toEqual(['maas 6'])
      expect(await find({ ...filter, until: 501 })).toEqual(['maas 5', 'maas 4'])
    })

    test('one that fits is found behind hundreds that do not', async () => {
      await accept(4)
      await put(4, 'maas', 'parked', { kind: 'unknown', cause: 'x' })
      for (let n = 5; n < 450; n++) {
        await accept(n)
        await put(n, 'maas', 'parked', { cause: 'x' })
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
