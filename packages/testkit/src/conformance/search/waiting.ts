import type { DeliveryFilter } from '@mensageria/core'
import { useEngine, type OpenEngine } from '../engine-under-test.ts'
import { findAll } from './found.ts'
import { createActs, idOf, START } from '../samples.ts'

const WAITING: DeliveryFilter = { states: ['waiting'], scope: 'owed' }

/** What waits is found by its row and its center's version alone, whatever became of its event. */
export const describeWaiting = (name: string, open: OpenEngine): void => {
  describe(`search, what waits: ${name}`, () => {
    const store = useEngine(open)
    const { accept, put, update, close } = createActs(store)
    const find = (filter: DeliveryFilter = WAITING) => findAll(store.search, filter)

    test('a pair whose event is closed waits, also after a restart', async () => {
      await accept(1, 4)
      await close([1, 4])
      const waiting = ['maas 4', 'maas 1', 'dmitri 4']
      expect(await find()).toEqual(waiting)
      expect(await find({ ...WAITING, integration: 'dmitri' })).toEqual(['dmitri 4'])
      await store.reopen()
      expect(await find()).toEqual(waiting)
    })

    test('a retired row waits, with or without an open event', async () => {
      await accept(4, 5, 6)
      await close([4, 5])
      for (const n of [4, 5, 6]) await put(n, 'maas', 'retired', { at: 400 + n, cause: 'tls' })
      await put(5, 'maas', 'delivered')
      expect(await find({ ...WAITING, integration: 'maas' })).toEqual(['maas 6', 'maas 4'])
      expect(await find({ integration: 'maas', centerId: idOf(4) })).toEqual(['maas 4'])
      expect(await find({ integration: 'maas' })).toEqual(['maas 5', 'maas 6', 'maas 4'])
      // What failed before it was retired has not failed for what waits.
      expect(await find({ integration: 'maas', cause: 'tls' })).toEqual([])
      const { items } = await store.search.find({ ...WAITING, integration: 'maas' }, { pageSize: 1 })
      expect(items).toMatchObject([{ centerId: idOf(6), row: { state: 'retired' } }])
    })

    test('a row below its center’s version waits, also when both events are closed', async () => {
      await accept(4, 5)
      await put(4, 'maas', 'parked', { cause: 'tls' })
      await put(5, 'maas', 'delivered')
      await update(4)
      await close([4], 2)
      expect(await find({ ...WAITING, integration: 'maas' })).toEqual(['maas 4'])
      expect(await find({ integration: 'maas', cause: 'tls' })).toEqual([])
      await store.reopen()
      expect(await find({ ...WAITING, integration: 'maas' })).toEqual(['maas 4'])
    })

    test('an update of a center from before `since` is owed where it has a row', async () => {
      await accept(1, 2)
      await put(1, 'dmitri', 'delivered')
      await update(1)
      await update(2)
      const ofDmitri = { ...WAITING, integration: 'dmitri' }
      expect(await find(ofDmitri)).toEqual(['dmitri 1'])
      await close([1, 2], 2)
      expect(await find(ofDmitri)).toEqual(['dmitri 1'])
      expect(await find({ ...ofDmitri, centerId: idOf(1) })).toEqual(['dmitri 1'])
      expect(await find({ ...ofDmitri, q: 'cd' })).toEqual(['dmitri 1'])
      expect(await find({ ...ofDmitri, centerId: idOf(2) })).toEqual([])
    })

    test('waits since its version was accepted, and is sorted by when its center was', async () => {
      await accept(4, 5, 6)
      await update(4)
      const ofMaas = { ...WAITING, integration: 'maas' }
      expect(await find(ofMaas)).toEqual(['maas 6', 'maas 5', 'maas 4'])
      expect(await find({ ...ofMaas, since: START + 6 })).toEqual(['maas 6', 'maas 4'])
      expect(await find({ ...ofMaas, since: START + 7 })).toEqual(['maas 4'])
      expect(await find({ ...ofMaas, until: START + 6 })).toEqual(['maas 5'])
    })

    test('a scope of all means everybody’s centers, also those from before `since`', async () => {
      await accept(1, 4)
      await close([1, 4])
      const all = { ...WAITING, integration: 'dmitri', scope: 'all' } as const
      expect(await find(all)).toEqual(['dmitri 4', 'dmitri 1'])
      expect(await find({ ...all, centerId: idOf(1) })).toEqual(['dmitri 1'])
      expect(await find({ integration: 'dmitri', scope: 'all' })).toEqual(['dmitri 4', 'dmitri 1'])
      await put(1, 'dmitri', 'delivered')
      expect(await find(all)).toEqual(['dmitri 4'])
    })
  })
}
