import { emptyCounts, sumOf } from '@mensageria/core'
import { useEngine, type OpenEngine } from '../engine-under-test.ts'
import { createActs, deliveryRowOf, idOf, START, writeOf } from '../samples.ts'

// An engine that does not count live says when it has counted.
const withoutAsOf = <T extends { asOf?: number }>(stats: T) => {
  const { asOf: _, ...rest } = stats
  return rest
}

const NONE = emptyCounts()

/** What the stats of every engine must say of owed pairs and their states. */
export const describeStats = (name: string, open: OpenEngine): void => {
  describe(`stats: ${name}`, () => {
    const store = useEngine(open)
    const { accept, put, update, close } = createActs(store)

    // An engine that counts from time to time says what it counted last.
    const counted = async <T>(ask: () => Promise<T>): Promise<T> => {
      await store.stats.count(START + 60_000)
      return ask()
    }
    const ofIntegration = (integration = 'maas') => counted(() => store.stats.ofIntegration(integration))
    const counts = async (integration: string) => (await ofIntegration(integration)).counts
    const totals = () => counted(() => store.stats.totals())
    const failureGroups = (names: readonly string[]) => counted(() => store.stats.failureGroups(names))

    test('an integration at which nothing has happened has stats too', async () => {
      expect(withoutAsOf(await ofIntegration())).toEqual({ counts: NONE })
      expect(await failureGroups(['maas', 'dmitri'])).toEqual([])
      expect(withoutAsOf(await totals())).toEqual({
        accepted: 0,
        openEvents: 0,
        owed: { maas: 0, dmitri: 0 },
      })
    })

    test('what is accepted waits, at the integrations whose own it is', async () => {
      await accept(1)
      await accept(4)
      expect(await counts('maas')).toEqual({ ...NONE, waiting: 2 })
      expect(await counts('dmitri')).toEqual({ ...NONE, waiting: 1 })
      expect(withoutAsOf(await totals())).toEqual({
        accepted: 2,
        openEvents: 2,
        owed: { maas: 2, dmitri: 1 },
      })
    })

    test('accepted centers by integrations are the sum over the states, after every commit', async () => {
      const isBalanced = async () => {
        const { accepted, owed } = await totals()
        expect([sumOf(await counts('maas')), owed['maas']]).toEqual([accepted, accepted])
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
      await update(4)
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
      await put(4, 'maas', 'parked', { cause: 'tls', at: 100 })
      await put(4, 'maas', 'retired')
      expect(await counts('maas')).toEqual({ ...NONE, waiting: 1 })
      expect(await failureGroups(['maas'])).toEqual([])
    })

    test('a commit that is refused counts for nothing', async () => {
      await accept(4)
      await accept(4)
      await put(4, 'maas', 'parked')
      await store.ledger.create(deliveryRowOf(idOf(4), { state: 'delivered' }))
      await store.ledger.replace(deliveryRowOf(idOf(4), { state: 'delivered' }), 'nobody')
      expect(await counts('maas')).toEqual({ ...NONE, parked: 1 })
      expect((await totals()).accepted).toBe(1)
    })

    test('a newer version of a center makes its rows wait again', async () => {
      await accept(4)
      await put(4, 'maas', 'delivered')
      await update(4)
      expect(await counts('maas')).toEqual({ ...NONE, waiting: 1 })
      expect((await totals()).owed).toEqual({ maas: 1, dmitri: 1 })
    })

    test('a center from before the integration’s time is owed from its backfill on', async () => {
      await accept(1)
      await put(1, 'dmitri', 'delivered')
      expect(await counts('dmitri')).toEqual({ ...NONE, delivered: 1 })
      expect((await totals()).owed).toEqual({ maas: 1, dmitri: 1 })
    })

    test('an event is open until it is closed, and closed once', async () => {
      await accept(4)
      await accept(5)
      await store.outbox.postpone(writeOf(4).event.id, 5000, 1)
      expect((await totals()).openEvents).toBe(2)
      await store.outbox.close([writeOf(4).event.id], 6000)
      await store.outbox.close([writeOf(4).event.id], 6000)
      expect((await totals()).openEvents).toBe(1)
    })

    test('what waits without an open event is told of, and only that', async () => {
      await accept(1, 4, 5, 6)
      expect(await store.stats.count(START + 60_000)).toEqual([])
      await close([1, 4])
      const unaccounted = await store.stats.count(START + 60_000)
      expect(unaccounted.toSorted((a, b) => b.count - a.count)).toEqual([
        { integration: 'maas', count: 2 },
        { integration: 'dmitri', count: 1 },
      ])
      await put(4, 'maas', 'parked')
      await put(1, 'maas', 'delivered')
      expect(await store.stats.count(START + 60_000)).toEqual([{ integration: 'dmitri', count: 1 }])
    })

    test('a retired row without an open event is told of; with one it is not', async () => {
      await accept(4, 5)
      await put(4, 'maas', 'retired')
      await put(5, 'maas', 'retired')
      await put(4, 'dmitri', 'delivered')
      expect(await store.stats.count(START + 60_000)).toEqual([])
      await close([4])
      expect(await store.stats.count(START + 60_000)).toEqual([{ integration: 'maas', count: 1 }])
      expect(await counts('maas')).toEqual({ ...NONE, waiting: 2 })
    })

    test('a row below its center’s version waits and is told of, when both events are closed', async () => {
      await accept(4)
      await put(4, 'maas', 'delivered')
      await put(4, 'dmitri', 'delivered')
      await update(4)
      expect(await store.stats.count(START + 60_000)).toEqual([])
      await close([4], 2)
      await put(4, 'dmitri', 'delivered', { version: 2 })
      expect(await store.stats.count(START + 60_000)).toEqual([{ integration: 'maas', count: 1 }])
      expect(await counts('maas')).toEqual({ ...NONE, waiting: 1 })
      expect(await counts('dmitri')).toEqual({ ...NONE, delivered: 1 })
    })

    test('an update of a center from before `since` waits where it has a row', async () => {
      await accept(1, 2)
      await put(1, 'dmitri', 'delivered')
      await update(1)
      await update(2)
      expect(await counts('dmitri')).toEqual({ ...NONE, waiting: 1 })
      expect((await totals()).owed).toEqual({ maas: 2, dmitri: 1 })
    })

    test('the counts are those of before, after a restart', async () => {
      await accept(1, 4, 5)
      await put(4, 'maas', 'delivered')
      await put(5, 'dmitri', 'parked', { cause: 'tls' })
      await close([4])
      const ask = async () => [
        withoutAsOf(await ofIntegration('maas')),
        withoutAsOf(await ofIntegration('dmitri')),
        withoutAsOf(await totals()),
      ]
      const before = await ask()
      await store.reopen()
      expect(await ask()).toEqual(before)
    })
  })
}
