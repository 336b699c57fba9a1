import { blankRow, type DeliveryRow, type Ledger } from '@mensageria/core'

/** An empty ledger. */
export type LedgerUnderTest = { ledger: Ledger; close(): Promise<void> | void }

type RowOptions = { integration?: string; version?: number; state?: DeliveryRow['state']; dueAt?: number }

/** A row of a center; `delivering` and due at 1000 unless said. */
export const deliveryRowOf = (centerId: string, options: RowOptions = {}): DeliveryRow => {
  const { integration = 'maas', version = 1, state = 'delivering', dueAt = 1000 } = options
  const row = blankRow({ integration, centerId }, version, `token-${version}`)
  const isClosed = state === 'rejected' || state === 'delivered' || state === 'retired'
  return isClosed ? { ...row, state } : { ...row, state, dueAt }
}

const KEY = { integration: 'maas', centerId: 'a' }

/** What every ledger must do. `open` gives an empty one each time. */
export const describeLedger = (name: string, open: () => Promise<LedgerUnderTest>): void => {
  describe(`ledger: ${name}`, () => {
    let store: LedgerUnderTest
    beforeEach(async () => {
      store = await open()
    })
    afterEach(async () => {
      await store.close()
    })

    const dueIds = async (now: number, limit = 10, integration = 'maas'): Promise<string[]> =>
      (await store.ledger.due(integration, now, limit)).map(({ row }) => row.centerId)

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

    test('knows whether any of the given integrations has an open row that is due', async () => {
      const hasDue = (names: string[], now: number) => store.ledger.hasDue(names, now)
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
      for (const [id, dueAt] of Object.entries(dueAts)) {
        await store.ledger.create(deliveryRowOf(id, { dueAt }))
      }
      await store.ledger.create(deliveryRowOf('e', { dueAt: 50, integration: 'dmitri' }))
      expect(await dueIds(99)).toEqual([])
      expect(await dueIds(300)).toEqual(['b', 'c', 'a'])
      expect(await dueIds(300, 2)).toEqual(['b', 'c'])
      expect(await dueIds(300, 10, 'dmitri')).toEqual(['e'])
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
      const [read] = await store.ledger.due('maas', 1000, 1)
      const closed = deliveryRowOf('a', { state: 'rejected' })
      expect(await store.ledger.replace(closed, read?.revision ?? '')).toBeDefined()
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
