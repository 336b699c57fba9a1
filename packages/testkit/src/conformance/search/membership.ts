import type { DeliveryFilter } from '@mensageria/core'
import { LISTED, useEngine, type ListedIntegration, type OpenEngine } from '../engine-under-test.ts'
import { findAll, numberOf } from './found.ts'
import { createActs, START } from '../samples.ts'

const dmitriSince = (since: number | undefined): ListedIntegration[] => [
  { name: 'maas' },
  { name: 'dmitri', ...(since === undefined ? {} : { since }) },
]

/** What an engine owes follows the list of integrations that it is opened with; its store outlives every list. */
export const describeMembership = (name: string, open: OpenEngine): void => {
  describe(`the list of integrations: ${name}`, () => {
    const store = useEngine(open)
    const { accept, put, close } = createActs(store)

    const waitingAt = (integration: string, filter: DeliveryFilter = {}) =>
      findAll(store.search, { states: ['waiting'], scope: 'owed', integration, ...filter })
    const count = () => store.stats.count(START + 60_000)
    const owed = async () => {
      await count()
      return (await store.stats.totals()).owed
    }
    const countsOf = async (integration: string) => {
      await count()
      return (await store.stats.ofIntegration(integration)).counts
    }
    beforeEach(async () => {
      await accept(1, 2, 3, 4, 5)
    })

    test('a `since` in the past: what was accepted at or after it is owed, with neither event nor row', async () => {
      await close([1, 2, 3, 4, 5])
      await store.reopen(dmitriSince(START + 2))
      expect(await waitingAt('dmitri')).toEqual(['dmitri 5', 'dmitri 4', 'dmitri 3', 'dmitri 2'])
      expect(await owed()).toEqual({ maas: 5, dmitri: 4 })
      expect(await countsOf('dmitri')).toMatchObject({ waiting: 4, delivered: 0 })
      expect(await count()).toContainEqual({ integration: 'dmitri', count: 4 })
    })

    test('a `since` that moves earlier owes more, one that moves later less; a row stays owed', async () => {
      await put(1, 'dmitri', 'delivered')
      await put(4, 'dmitri', 'parked')
      expect(await owed()).toEqual({ maas: 5, dmitri: 4 })
      await store.reopen(dmitriSince(START + 5))
      expect(await owed()).toEqual({ maas: 5, dmitri: 3 })
      expect(await countsOf('dmitri')).toMatchObject({ waiting: 1, parked: 1, delivered: 1 })
      expect(await waitingAt('dmitri')).toEqual(['dmitri 5'])
      await store.reopen(dmitriSince(START + 2))
      expect(await owed()).toEqual({ maas: 5, dmitri: 5 })
      expect(await countsOf('dmitri')).toMatchObject({ waiting: 3, parked: 1, delivered: 1 })
      expect(await waitingAt('dmitri')).toEqual(['dmitri 5', 'dmitri 3', 'dmitri 2'])
      await store.reopen(dmitriSince(undefined))
      expect(await owed()).toEqual({ maas: 5, dmitri: 5 })
      await store.reopen(dmitriSince(START + 6))
      expect(await owed()).toEqual({ maas: 5, dmitri: 2 })
    })

    test('what is accepted after a move follows the new `since`', async () => {
      await store.reopen(dmitriSince(START + 6))
      expect(await owed()).toEqual({ maas: 5, dmitri: 0 })
      await accept(6, 7)
      expect(await owed()).toEqual({ maas: 7, dmitri: 2 })
      expect(await countsOf('dmitri')).toMatchObject({ waiting: 2 })
      expect(await waitingAt('dmitri')).toEqual(['dmitri 7', 'dmitri 6'])
    })

    test('a new integration owes everything, or what is accepted from its `since` on', async () => {
      await close([1, 2, 3, 4, 5])
      await store.reopen([...LISTED, { name: 'senninha' }, { name: 'fourth', since: START + 4 }])
      expect(await owed()).toEqual({ maas: 5, dmitri: 3, senninha: 5, fourth: 2 })
      expect(await waitingAt('senninha')).toHaveLength(5)
      expect(await waitingAt('fourth')).toEqual(['fourth 5', 'fourth 4'])
      const unaccounted = await count()
      expect(unaccounted).toContainEqual({ integration: 'senninha', count: 5 })
      expect(unaccounted).toContainEqual({ integration: 'fourth', count: 2 })
    })

    test('one that is taken from the list owes nothing, and comes back to what it left', async () => {
      await close([1, 2, 3, 4, 5])
      await put(1, 'dmitri', 'delivered')
      await put(4, 'dmitri', 'retired')
      await store.reopen([{ name: 'maas' }])
      expect(await owed()).toEqual({ maas: 5 })
      expect(await waitingAt('dmitri')).toEqual([])
      expect(await findAll(store.search, { scope: 'all', integration: 'dmitri' })).toEqual([])
      expect((await findAll(store.search, {})).filter((found) => found.startsWith('dmitri'))).toEqual([])
      await store.reopen(LISTED)
      expect(await owed()).toEqual({ maas: 5, dmitri: 4 })
      expect(await countsOf('dmitri')).toMatchObject({ waiting: 3, delivered: 1 })
      expect(await waitingAt('dmitri')).toEqual(['dmitri 5', 'dmitri 4', 'dmitri 3'])
      expect(await count()).toContainEqual({ integration: 'dmitri', count: 3 })
    })

    test.each([
      ['waits', ['dmitri 5', 'dmitri 4', 'dmitri 3']],
      ['was tried', ['dmitri 5', 'dmitri 4', 'dmitri 3', 'dmitri 2', 'dmitri 1']],
    ] as const)('a page token of what %s outlives a change of the list', async (what, all) => {
      // Redrives keep the tokens of one integration, for days.
      if (what === 'was tried') for (const n of [1, 2, 3, 4, 5]) await put(n, 'dmitri', 'parked')
      const filter: DeliveryFilter = { integration: 'dmitri', states: ['waiting', 'parked'] }
      const found: string[] = []
      let pageToken: string | undefined
      const findUpTo = async (wanted: number): Promise<void> => {
        do {
          const page = await store.search.find(filter, {
            pageSize: 1,
            ...(pageToken === undefined ? {} : { pageToken }),
          })
          found.push(...page.items.map(({ integration, centerId }) => `${integration} ${numberOf(centerId)}`))
          pageToken = page.nextPageToken
        } while (pageToken !== undefined && found.length < wanted)
      }
      await findUpTo(1)
      await store.reopen([{ name: 'senninha' }, ...LISTED.toReversed()])
      await findUpTo(2)
      await store.reopen(LISTED.filter(({ name: listed }) => listed === 'dmitri'))
      await findUpTo(10)
      expect(found).toEqual(all)
    })

    test('the order of a search is that of the list', async () => {
      await store.reopen(LISTED.toReversed())
      expect(await findAll(store.search, { states: ['waiting'] })).toEqual([
        ...['dmitri 5', 'dmitri 4', 'dmitri 3'],
        ...['maas 5', 'maas 4', 'maas 3', 'maas 2', 'maas 1'],
      ])
    })
  })
}
