import { useEngine, type OpenEngine } from './engine-under-test.ts'
import { deliveryRowOf, dueAt } from './samples.ts'

const KEY = { integration: 'maas', centerId: 'a' }

/** What every ledger must do. */
export const describeLedger = (name: string, open: OpenEngine): void => {
  describe(`ledger: ${name}`, () => {
    const store = useEngine(open)

    const dueIds = async (now: number, limit = 10, integration = 'maas'): Promise<string[]> =>
      (await store.ledger.due(integration, dueAt(now), limit)).map(({ row }) => row.centerId)

    test('of 20 parallel creates of one row, one wins', async () => {
      const rows = Array.from({ length: 20 }, (_, index) => deliveryRowOf('a', { dueAt: index }))
      const results = await Promise.all(rows.map((row) => store.ledger.create(row)))
      const winners = rows.filter((_, index) => results[index] !== undefined)
      expect(winners).toHaveLength(1)
      const read = await store.ledger.read(KEY)
      expect(read?.row).toMatchObject({ dueAt: winners.map((row) => 'dueAt' in row && row.dueAt)[0] })
      expect(results).toContain(read?.revision)
    })

    test('replaces with the current revision only', async () => {
      const first = (await store.ledger.create(deliveryRowOf('a'))) ?? ''
      const second = await store.ledger.replace(deliveryRowOf('a', { version: 2 }), first)
      expect(second).toEqual(expect.any(String))
      expect(second).not.toBe(first)
      expect(await store.ledger.replace(deliveryRowOf('a', { version: 3 }), first)).toBeUndefined()
      expect(await store.ledger.read(KEY)).toMatchObject({ row: { version: 2 }, revision: second })
    })

    test('keeps the id that a system gave, through every state and version', async () => {
      const externalId = 'p-1/ü'
      let revision = (await store.ledger.create({ ...deliveryRowOf('a'), externalId })) ?? ''
      for (const state of ['delivered', 'retrying', 'parked', 'rejected', 'retired', 'delivering'] as const) {
        const row = { ...deliveryRowOf('a', { state, version: 2 }), externalId }
        revision = (await store.ledger.replace(row, revision)) ?? ''
        expect(await store.ledger.read(KEY)).toMatchObject({ row: { state, externalId }, revision })
      }
      await store.ledger.replace(deliveryRowOf('a'), revision)
      expect((await store.ledger.read(KEY))?.row.externalId).toBeUndefined()
    })

    test('knows whether any of the given integrations has an open row that is due', async () => {
      const hasDue = (names: string[], now: number) => store.ledger.hasDue(names, dueAt(now))
      expect(await hasDue(['maas', 'dmitri'], 5000)).toBe(false)
      await store.ledger.create(deliveryRowOf('a', { dueAt: 1000 }))
      await store.ledger.create(deliveryRowOf('b', { state: 'delivered' }))
      expect(await hasDue(['dmitri', 'maas'], 1000)).toBe(true)
      expect(await hasDue(['maas'], 999)).toBe(false)
      expect(await hasDue(['dmitri'], 1000)).toBe(false)
      expect(await hasDue([], 1000)).toBe(false)
    })

    test('of 20 parallel replaces with one revision, one wins', async () => {
      const revision = (await store.ledger.create(deliveryRowOf('a'))) ?? ''
      const results = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          store.ledger.replace(deliveryRowOf('a', { version: index + 2 }), revision),
        ),
      )
      expect(results.filter((result) => result !== undefined)).toHaveLength(1)
    })

    test('replaces no row that does not exist', async () => {
      expect(await store.ledger.replace(deliveryRowOf('a'), '1')).toBeUndefined()
      expect(await store.ledger.read(KEY)).toBeUndefined()
    })

    test('knows the age of a row', async () => {
      await store.ledger.create(deliveryRowOf('a'))
      const read = await store.ledger.read(KEY)
      expect(read?.ageMs).toBeGreaterThanOrEqual(0)
      expect(read?.ageMs).toBeLessThan(Number.POSITIVE_INFINITY)
    })

    test('gives the rows and the versions by center', async () => {
      const rows = [deliveryRowOf('a', { version: 3 }), deliveryRowOf('a', { integration: 'dmitri' })]
      for (const row of [...rows, deliveryRowOf('b', { state: 'delivered' })]) await store.ledger.create(row)
      expect((await store.ledger.ofCenter('a')).map(({ integration }) => integration).toSorted()).toEqual([
        'dmitri',
        'maas',
      ])
      expect(await store.ledger.ofCenter('c')).toEqual([])
      const versions = await store.ledger.versions(['a', 'b', 'c'])
      expect(versions['a']).toEqual({ maas: 3, dmitri: 1 })
      expect(versions['b']).toEqual({ maas: 1 })
      expect(versions['c'] ?? {}).toEqual({})
    })

    test('gives due rows of one integration, longest due first', async () => {
      const dueAts = { a: 300, b: 100, c: 200, d: 400 }
      for (const [id, at] of Object.entries(dueAts)) {
        await store.ledger.create(deliveryRowOf(id, { dueAt: at }))
      }
      await store.ledger.create(deliveryRowOf('e', { dueAt: 50, integration: 'dmitri' }))
      expect(await dueIds(99)).toEqual([])
      expect(await dueIds(300)).toEqual(['b', 'c', 'a'])
      expect(await dueIds(300, 2)).toEqual(['b', 'c'])
      expect(await dueIds(300, 10, 'dmitri')).toEqual(['e'])
    })

    test('one planned later than any plan can be is due at once, after all others', async () => {
      const now = 50_000
      const { latest } = dueAt(now)
      await store.ledger.create(deliveryRowOf('at the latest', { dueAt: latest }))
      expect(await dueIds(now)).toEqual([])
      expect(await store.ledger.hasDue(['maas'], dueAt(now))).toBe(false)
      // Planned by a clock that was 25 hours ahead.
      await store.ledger.create(deliveryRowOf('ahead', { dueAt: now + 25 * 3_600_000 }))
      expect(await store.ledger.hasDue(['dmitri', 'maas'], dueAt(now))).toBe(true)
      expect(await store.ledger.hasDue(['dmitri'], dueAt(now))).toBe(false)
      await store.ledger.create(deliveryRowOf('due', { dueAt: now }))
      await store.ledger.create(deliveryRowOf('long due', { dueAt: 1 }))
      expect(await dueIds(now)).toEqual(['long due', 'due', 'ahead'])
      expect(await dueIds(now, 2)).toEqual(['long due', 'due'])
    })

    test('open rows are due, closed ones are not', async () => {
      const states = ['delivering', 'retrying', 'parked', 'rejected', 'delivered'] as const
      for (const [index, state] of states.entries()) {
        await store.ledger.create(deliveryRowOf(state, { state, dueAt: index }))
      }
      expect(await dueIds(1000)).toEqual(['delivering', 'retrying', 'parked'])
      const read = await store.ledger.read({ ...KEY, centerId: 'parked' })
      await store.ledger.replace(deliveryRowOf('parked', { state: 'delivered' }), read?.revision ?? '')
      expect(await dueIds(1000)).toEqual(['delivering', 'retrying'])
    })

    test('a due row can be replaced with the revision it came with', async () => {
      await store.ledger.create(deliveryRowOf('a'))
      const [read] = await store.ledger.due('maas', dueAt(1000), 1)
      const closed = deliveryRowOf('a', { state: 'rejected' })
      expect(await store.ledger.replace(closed, read?.revision ?? '')).toBeDefined()
    })

    test('knows the integrations with open rows, also those that are in no list', async () => {
      const put = (centerId: string, integration: string, at: number) =>
        store.ledger.create(deliveryRowOf(centerId, { integration, dueAt: at }))
      expect(await store.ledger.integrationsWithOpenRows()).toEqual([])
      await put('a', 'gone', 5000)
      await put('b', 'gone', 9000)
      await put('a', 'lost', 1)
      await put('a', 'maas', 1)
      for (const state of ['delivered', 'rejected', 'retired'] as const)
        await store.ledger.create(deliveryRowOf('a', { integration: `has ${state}`, state }))
      const names = await store.ledger.integrationsWithOpenRows()
      expect(names.toSorted()).toEqual(['gone', 'lost', 'maas'])
    })

    test('the rows of an integration that is in no list are due like others, until they are retired', async () => {
      for (const centerId of ['a', 'b', 'c'])
        await store.ledger.create(deliveryRowOf(centerId, { integration: 'gone' }))
      // Its policy is gone with it: everything that is not due may have been planned by a clock that was ahead.
      const everything = { now: 500, latest: Number.NEGATIVE_INFINITY }
      const found = await store.ledger.due('gone', everything, 2)
      expect(found).toHaveLength(2)
      for (const { row, revision } of found) {
        const retired = deliveryRowOf(row.centerId, { integration: 'gone', state: 'retired' })
        expect(await store.ledger.replace(retired, revision)).toBeDefined()
      }
      expect(await store.ledger.integrationsWithOpenRows()).toEqual(['gone'])
      const rest = await store.ledger.due('gone', everything, 2)
      expect(rest).toHaveLength(1)
      for (const { row, revision } of rest)
        await store.ledger.replace(
          deliveryRowOf(row.centerId, { integration: 'gone', state: 'retired' }),
          revision,
        )
      expect(await store.ledger.integrationsWithOpenRows()).toEqual([])
    })

    test('defect 6: knows which rows a simulator has settled, until they are written without its mark', async () => {
      const marked = { simulated: { deliveredVersion: 0 } }
      const settled = ['delivered', 'rejected', 'parked'] as const
      for (const state of [...settled, 'delivering', 'retrying', 'retired'] as const)
        await store.ledger.create({ ...deliveryRowOf(state, { state }), ...marked })
      await store.ledger.create({
        ...deliveryRowOf('a', { integration: 'dmitri', state: 'delivered' }),
        ...marked,
      })
      await store.ledger.create(deliveryRowOf('real', { state: 'delivered' }))
      const found = await store.ledger.simulated('maas', 10)
      expect(found.map(({ row }) => row.centerId).toSorted()).toEqual([...settled].toSorted())
      expect(await store.ledger.simulated('maas', 2)).toHaveLength(2)
      for (const { row, revision } of found)
        await store.ledger.replace(deliveryRowOf(row.centerId, { state: 'retired' }), revision)
      expect(await store.ledger.simulated('maas', 10)).toEqual([])
      expect(await store.ledger.simulated('dmitri', 10)).toHaveLength(1)
    })

    // An engine need not know it: a document that every success writes would be a hot one.
    test('tells of no success before there is one, nor of one of another integration', async () => {
      const before = Date.now()
      const revision = (await store.ledger.create(deliveryRowOf('a'))) ?? ''
      expect(await store.ledger.lastDeliveredAt('maas')).toBeUndefined()
      await store.ledger.replace(deliveryRowOf('a', { state: 'delivered' }), revision)
      const at = (await store.ledger.lastDeliveredAt('maas')) ?? before
      expect(at).toBeGreaterThanOrEqual(before)
      expect(at).toBeLessThanOrEqual(Date.now())
      expect(await store.ledger.lastDeliveredAt('dmitri')).toBeUndefined()
    })
  })
}
