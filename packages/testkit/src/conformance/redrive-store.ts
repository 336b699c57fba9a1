import { InvalidPageTokenError, newRedrive, type Redrive, type RedriveStore } from '@mensageria/core'

/** A store without redrives. */
export type RedriveStoreUnderTest = { redrives: RedriveStore; close(): Promise<void> | void }

const redriveOf = (id: string, overrides: Partial<Redrive> = {}): Redrive => ({
  ...newRedrive(
    {
      filter: { integration: 'maas', states: ['parked'], cause: 'http-503', since: 5 },
      reason: 'É o fim da manutenção',
      requestedBy: 'ana',
      force: true,
      ratePerSecond: 2.5,
      rampCap: 8,
    },
    { id, now: 1000, total: 3, integrations: ['maas'] },
  ),
  ...overrides,
})

/** What every store of redrives must do. `open` gives an empty one each time. */
export const describeRedriveStore = (name: string, open: () => Promise<RedriveStoreUnderTest>): void => {
  describe(`redrive store: ${name}`, () => {
    let store: RedriveStoreUnderTest
    beforeEach(async () => {
      store = await open()
    })
    afterEach(async () => {
      await store.close()
    })

    const activeIds = async () => (await store.redrives.active()).map(({ id }) => id)

    test('gives back what was written, and nothing for an id that nobody wrote', async () => {
      const lanes = redriveOf('a').lanes.map((lane) => ({ ...lane, cursor: 'x', sending: ['c1', 'c2'] }))
      const revision = await store.redrives.create(redriveOf('a', { lanes }))
      expect(await store.redrives.read('a')).toEqual({ redrive: redriveOf('a', { lanes }), revision })
      expect(await store.redrives.read('b')).toBeUndefined()
    })

    test('an id is created once', async () => {
      expect(await store.redrives.create(redriveOf('a'))).toBeDefined()
      expect(await store.redrives.create(redriveOf('a', { total: 9 }))).toBeUndefined()
      expect((await store.redrives.read('a'))?.redrive.total).toBe(3)
    })

    test('of 10 parallel updates with one revision, one wins', async () => {
      const revision = (await store.redrives.create(redriveOf('a'))) ?? ''
      const results = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          // From 1: a write that changes nothing changes no revision, and a second one wins as well.
          store.redrives.update(redriveOf('a', { delivered: index + 1 }), revision),
        ),
      )
      const winners = results.flatMap((result, index) => (result === undefined ? [] : [index]))
      expect(winners).toHaveLength(1)
      expect((await store.redrives.read('a'))?.redrive.delivered).toBe((winners[0] ?? 0) + 1)
    })

    test('updates nothing that is not there', async () => {
      expect(await store.redrives.update(redriveOf('a'), '1')).toBeUndefined()
      expect(await store.redrives.read('a')).toBeUndefined()
    })

    test('knows those with something left to do, oldest first', async () => {
      const sending = redriveOf('x').lanes.map((lane) => ({ ...lane, sending: ['c'] }))
      await store.redrives.create(redriveOf('one'))
      const revision = (await store.redrives.create(redriveOf('two'))) ?? ''
      await store.redrives.create(redriveOf('paused', { state: 'paused' }))
      await store.redrives.create(redriveOf('cancelled in flight', { state: 'cancelled', lanes: sending }))
      expect(await activeIds()).toEqual(['one', 'two', 'cancelled in flight'])
      await store.redrives.update(redriveOf('two', { state: 'done' }), revision)
      expect(await activeIds()).toEqual(['one', 'cancelled in flight'])
    })

    test('lists newest first, page by page, each once', async () => {
      for (const id of ['a', 'b', 'c']) await store.redrives.create(redriveOf(id))
      const first = await store.redrives.list({ pageSize: 2 })
      expect(first.items.map(({ id }) => id)).toEqual(['c', 'b'])
      const second = await store.redrives.list({ pageSize: 2, pageToken: first.nextPageToken ?? '' })
      expect(second).toEqual({ items: [redriveOf('a')] })
    })

    test.each(['', 'x', 'bm90IGpzb24='])(
      'the page token %j, which no page gave, is refused',
      async (pageToken) => {
        await expect(store.redrives.list({ pageSize: 2, pageToken })).rejects.toThrow(InvalidPageTokenError)
      },
    )
  })
}
