import type { CenterStore, DeliveryRow, Stats, Ledger, Outbox } from '@mensageria/core'
import { writeOf } from './center-store.ts'
import { SEARCHED_INTEGRATIONS } from './delivery-search.ts'
import { deliveryRowOf } from './ledger.ts'

/** An empty store with its figures. */
export type StatsUnderTest = {
  centers: CenterStore
  ledger: Ledger
  outbox: Outbox
  stats: Stats
  close(): Promise<void> | void
}

type Attempted = Partial<Pick<DeliveryRow, 'lastAttemptAt' | 'lastFailure'>>

// An engine that does not count live says when it has counted.
const withoutAsOf = <T extends { asOf?: number }>(stats: T) => {
  const { asOf: _, ...rest } = stats
  return rest
}

const NONE = { waiting: 0, delivering: 0, retrying: 0, parked: 0, rejected: 0, delivered: 0 }

/** What the figures of every engine must say. `open` gives an empty one each time. */
export const describeStats = (
  name: string,
  open: (integrations: readonly { name: string; since?: number }[]) => Promise<StatsUnderTest>,
): void => {
  describe(`figures: ${name}`, () => {
    let store: StatsUnderTest
    beforeEach(async () => {
      store = await open(SEARCHED_INTEGRATIONS)
    })
    afterEach(async () => {
      await store.close()
    })

    const idOf = (n: number) => writeOf(n).stored.center.id
    const accept = (n: number) => store.centers.create(writeOf(n))
    const put = async (n: number, integration: string, state: DeliveryRow['state'], more: Attempted = {}) => {
      const row = {
        ...deliveryRowOf(idOf(n), { integration, state }),
        firstAttemptAt: 1000 + n,
        lastAttemptAt: 1000 + n,
        ...more,
      }
      const found = await store.ledger.read(row)
      await (found ? store.ledger.replace(row, found.revision) : store.ledger.create(row))
    }
    // As the core writes it: `since` is when this cause first came, in an unbroken row of attempts.
    const failed = (cause: string, at: number, since = at): Attempted => ({
      lastAttemptAt: at,
      lastFailure: { kind: 'transient', cause, message: `it said ${cause}`, at, since },
    })
    const counts = async (integration: string) => (await store.stats.ofIntegration(integration)).counts

    test('an integration at which nothing has happened has figures too', async () => {
      expect(withoutAsOf(await store.stats.ofIntegration('maas'))).toEqual({ counts: NONE })
      expect(await store.stats.failureGroups(['maas', 'dmitri'])).toEqual([])
      expect(withoutAsOf(await store.stats.totals())).toEqual({
        accepted: 0,
        openEvents: 0,
        owed: { maas: 0, dmitri: 0 },
        waiting: { maas: 0, dmitri: 0 },
      })
    })

    test('what is accepted waits, at the integrations whose own it is', async () => {
      await accept(1)
      await accept(4)
      expect(await counts('maas')).toEqual({ ...NONE, waiting: 2 })
      expect(await counts('dmitri')).toEqual({ ...NONE, waiting: 1 })
      expect(withoutAsOf(await store.stats.totals())).toEqual({
        accepted: 2,
        openEvents: 2,
        owed: { maas: 2, dmitri: 1 },
        waiting: { maas: 2, dmitri: 1 },
      })
    })

    test('accepted centers by integrations are the sum over the states, after every commit', async () => {
      const isBalanced = async () => {
        const { accepted, owed } = await store.stats.totals()
        const sum = Object.values(await counts('maas')).reduce((all, count) => all + count, 0)
        expect([sum, owed['maas']]).toEqual([accepted, accepted])
      }
      const states = [
        'delivering',
        'retrying',
        'parked',
        'delivering',
        'rejected',
        'retired',
        'delivered',
      ] as const
      for (const [index, state] of states.entries()) {
        const n = 4 + index
        await accept(n)
        await isBalanced()
        await put(4, 'maas', state)
        await isBalanced()
        if (index > 0) await put(n, 'maas', state)
        await isBalanced()
      }
      const revision = (await store.centers.read(idOf(4)))?.revision ?? ''
      await store.centers.update({ ...writeOf(4, 2), expected: revision })
      await isBalanced()
    })

    test('counts follow each row from state to state', async () => {
      await accept(4)
      for (const state of ['delivering', 'retrying', 'parked', 'rejected', 'delivered'] as const) {
        await put(4, 'maas', state)
        expect(await counts('maas')).toEqual({ ...NONE, [state]: 1 })
      }
    })

    test('what an integration left when it was taken from the list waits, when it is back', async () => {
      await accept(4)
      await put(4, 'maas', 'parked', failed('tls', 100))
      await put(4, 'maas', 'retired')
      expect(await counts('maas')).toEqual({ ...NONE, waiting: 1 })
      expect(await store.stats.failureGroups(['maas'])).toEqual([])
    })

    test('a commit that is refused counts for nothing', async () => {
      await accept(4)
      await accept(4)
      await put(4, 'maas', 'parked')
      await store.ledger.create(deliveryRowOf(idOf(4), { state: 'delivered' }))
      await store.ledger.replace(deliveryRowOf(idOf(4), { state: 'delivered' }), 'nobody')
      expect(await counts('maas')).toEqual({ ...NONE, parked: 1 })
      expect((await store.stats.totals()).accepted).toBe(1)
    })

    test('a newer version of a center makes its rows wait again', async () => {
      await accept(4)
      await put(4, 'maas', 'delivered')
      const revision = (await store.centers.read(idOf(4)))?.revision ?? ''
      await store.centers.update({ ...writeOf(4, 2), expected: revision })
      expect(await counts('maas')).toEqual({ ...NONE, waiting: 1 })
      expect((await store.stats.totals()).owed).toEqual({ maas: 1, dmitri: 1 })
    })

    test('a center from before the integration’s time is owed from its backfill on', async () => {
      await accept(1)
      await put(1, 'dmitri', 'delivered')
      expect(await counts('dmitri')).toEqual({ ...NONE, delivered: 1 })
      expect((await store.stats.totals()).owed).toEqual({ maas: 1, dmitri: 1 })
    })

    test('an event is open until it is closed, and closed once', async () => {
      await accept(4)
      await accept(5)
      await store.outbox.postpone(writeOf(4).event.id, 5000, 1)
      expect((await store.stats.totals()).openEvents).toBe(2)
      await store.outbox.close([writeOf(4).event.id], 6000)
      await store.outbox.close([writeOf(4).event.id], 6000)
      expect((await store.stats.totals()).openEvents).toBe(1)
    })

    test('groups what fails by integration, kind and cause; those that fail most come first', async () => {
      for (const n of [4, 5, 6]) await accept(n)
      await put(4, 'maas', 'parked', failed('tls', 100))
      await put(5, 'maas', 'retrying', failed('http-503', 200))
      await put(6, 'maas', 'parked', failed('http-503', 300))
      const groups = await store.stats.failureGroups(['maas'])
      expect(groups).toMatchObject([
        { integration: 'maas', kind: 'transient', cause: 'http-503', count: 2, firstAt: 200, lastAt: 300 },
        { cause: 'tls', count: 1, sample: { centerId: idOf(4), message: 'it said tls' } },
      ])
      expect([idOf(5), idOf(6)]).toContain(groups[0]?.sample.centerId)
      expect(await store.stats.failureGroups(['dmitri'])).toEqual([])
    })

    test('a group remembers its newest failure, ends with its last row and begins anew', async () => {
      await accept(4)
      await put(4, 'maas', 'parked', failed('tls', 100))
      await put(4, 'maas', 'delivering', failed('tls', 100))
      await put(4, 'maas', 'parked', failed('tls', 400, 100))
      expect(await store.stats.failureGroups(['maas'])).toMatchObject([
        { count: 1, firstAt: 100, lastAt: 400 },
      ])
      await put(4, 'maas', 'delivered')
      expect(await store.stats.failureGroups(['maas'])).toEqual([])
      await put(4, 'maas', 'parked', failed('tls', 900))
      expect(await store.stats.failureGroups(['maas'])).toMatchObject([
        { count: 1, firstAt: 900, lastAt: 900 },
      ])
    })

    test('another cause leaves the group for another', async () => {
      await accept(4)
      await put(4, 'maas', 'parked', failed('tls', 100))
      await put(4, 'maas', 'parked', failed('dns', 200))
      expect(await store.stats.failureGroups(['maas'])).toMatchObject([{ cause: 'dns', count: 1 }])
    })

    test('knows the newest success, the newest failure and what waits longest', async () => {
      for (const n of [4, 5, 6]) await accept(n)
      await put(4, 'maas', 'delivered', { lastAttemptAt: 500 })
      await put(5, 'maas', 'parked', failed('tls', 600))
      await put(6, 'maas', 'parked', failed('dns', 550))
      expect(await store.stats.ofIntegration('maas')).toMatchObject({
        lastSuccessAt: 500,
        lastFailureAt: 600,
        lastPassingFailureAt: 600,
        lastFailure: { kind: 'transient', cause: 'tls', message: 'it said tls', at: 600 },
        oldestUndeliveredAt: Date.parse(writeOf(5).stored.center.updatedAt),
      })
    })

    test('a refusal is a failure that does not pass', async () => {
      await accept(4)
      const lastFailure = { kind: 'rejected', cause: 'rejected:x', message: 'no', at: 700 } as const
      await put(4, 'maas', 'rejected', { lastAttemptAt: 700, lastFailure })
      const stats = await store.stats.ofIntegration('maas')
      expect(stats).toMatchObject({ lastFailureAt: 700, lastFailure: { kind: 'rejected' } })
      expect(stats.lastPassingFailureAt).toBeUndefined()
    })
  })
}
