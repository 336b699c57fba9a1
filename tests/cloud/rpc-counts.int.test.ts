import {
  createDailyReport,
  createDeliver,
  createPublish,
  createRateBudgets,
  createRecover,
  createRegister,
  createRunRedrives,
  createSweep,
  createSweepEvents,
  type HandOver,
  type IntegrationSettings,
} from '@mensageria/core'
import { createSystemClock, createSystemIds } from '@mensageria/runtime'
import { deliveryRowOf, writeOf } from '@mensageria/testkit'
import { useEmulators } from '@mensageria/testkit/emulators'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { needs } from '@mensageria/testkit/needs'
import { countsOf, INTEGRATIONS, openWatchedStore, type WatchedStore } from '../support/cloud.ts'
import { queriesOf, queryOf } from '../support/structured-query.ts'

const { test } = needs('emulators')

const clock = createSystemClock()
const ids = createSystemIds()
const publisher = { publish: async () => {} }
const NAMED = INTEGRATIONS.map((name) => ({ name }))

const settingsOf = (name: string): IntegrationSettings => ({
  name,
  retry: { minBackoffMs: 10_000, maxBackoffMs: 600_000, attemptsMax: 100 },
  recovery: { minIntervalMs: 60_000, maxIntervalMs: 600_000, windowMax: 100, ratePerSecond: 200 },
  concurrencyMax: 32,
})

const registerIn = ({ centers }: WatchedStore) =>
  createRegister({ centers, publish: createPublish({ publisher, clock }), clock, ids })

const deliverIn = ({ ledger, states }: WatchedStore) => {
  const settings = settingsOf('maas')
  const deliver = createDeliver({
    settings,
    ledger,
    clock,
    ids,
    isPaused: async () => (await states.read('maas'))?.paused !== undefined,
    call: async () => ({ kind: 'delivered' }),
  })
  return (n: number, version = 1) =>
    deliver(writeOf(n, version).event, { kind: 'push' }, AbortSignal.timeout(30_000))
}

const sweepIn = ({ centers, outbox, ledger, states, redrives, search }: WatchedStore) => {
  const integrations = INTEGRATIONS.map(settingsOf)
  const handOver: HandOver = () => {
    throw new Error('Nothing is to be handed over')
  }
  const budgets = createRateBudgets(clock)
  const runRedrives = createRunRedrives({
    integrations,
    redrives,
    search,
    centers,
    ledger,
    states,
    clock,
    ids,
    handOver,
    budgets,
  })
  return createSweep({
    integrations,
    runRedrives,
    states,
    ledger,
    clock,
    sweepEvents: createSweepEvents({ outbox, ledger, publisher, clock, integrations }),
    recover: createRecover({ centers, ledger, clock, ids, handOver, budgets }),
  })
}

// Centers that have all been delivered: their events and rows are closed.
const settle = async (store: WatchedStore, from: number, to: number) => {
  const numbers = Array.from({ length: to - from }, (_, index) => from + index)
  await Promise.all(
    Array.from({ length: 20 }, async (_, lane) => {
      for (const n of numbers.filter((number) => number % 20 === lane)) {
        const write = writeOf(n)
        await store.centers.create(write)
        await store.ledger.create(deliveryRowOf(write.stored.center.id, { state: 'delivered' }))
      }
    }),
  )
  await store.outbox.close(
    numbers.map((n) => writeOf(n).event.id),
    clock.now(),
  )
}

let store: WatchedStore
beforeAll(async () => {
  await useEmulators()
  store = await openWatchedStore()
}, 120_000)
afterAll(() => store.close())

// Numbers of centers that no other test uses.
let next = 90_000
const fresh = () => next++

const cases: Record<string, () => Promise<{ counts: Record<string, number>; work: unknown }>> = {
  'a new registration is one commit and no read': async () => {
    const n = fresh()
    const rpcs = await store.during(async () => {
      const { kind } = await registerIn(store)(sampleRegistration(n), {
        caller: 'caller',
        idempotencyKey: `key-${n}`,
        traceparent: ids.traceparent(),
      })
      expect(kind).toBe('created')
    })
    return { counts: { Commit: 1 }, work: countsOf(rpcs) }
  },
  'a delivery that succeeds is two commits and no read': async () => {
    const deliver = deliverIn(store)
    // The state of the integration is read once in 5 s, whatever the number of deliveries.
    await store.states.read('maas')
    const rpcs = await store.during(async () => {
      expect(await deliver(fresh())).toEqual({ ack: true, result: 'delivered' })
    })
    return { counts: { Commit: 2 }, work: countsOf(rpcs) }
  },
  'a message that comes twice costs a failing create and one read': async () => {
    const deliver = deliverIn(store)
    const n = fresh()
    await deliver(n)
    const rpcs = await store.during(async () => {
      expect(await deliver(n)).toEqual({ ack: true, result: 'duplicate' })
    })
    return { counts: { Commit: 1, BatchGetDocuments: 1 }, work: countsOf(rpcs) }
  },
  'a newer version is a read and two commits': async () => {
    const deliver = deliverIn(store)
    const n = fresh()
    await deliver(n)
    const rpcs = await store.during(async () => {
      expect(await deliver(n, 2)).toEqual({ ack: true, result: 'delivered' })
    })
    return { counts: { Commit: 2, BatchGetDocuments: 1 }, work: countsOf(rpcs) }
  },
  'a page of the list is one bounded query for each shard': async () => {
    const rpcs = await store.during(async () => {
      expect((await store.centers.list({ pageSize: 20 })).items).toHaveLength(20)
    })
    for (const rpc of rpcs) expect(queryOf(rpc).limit).toBe(21)
    return { counts: { RunQuery: 4 }, work: countsOf(rpcs) }
  },
  'a page of deliveries is one bounded query for each shard and integration, and one read of centers':
    async () => {
      const rpcs = await store.during(async () => {
        // Only those that were stored before: the other tests deliver centers that nobody has accepted.
        const { items } = await store.search.find({ states: ['delivered'], until: 1 }, { pageSize: 20 })
        expect(items).toHaveLength(20)
      })
      for (const { limit } of queriesOf(rpcs)) expect(limit).toBe(21)
      return { counts: { RunQuery: 12, BatchGetDocuments: 1 }, work: countsOf(rpcs) }
    },
  'all figures are one read': async () => {
    await store.countStats(clock.now())
    const rpcs = await store.during(() =>
      Promise.all([store.stats.totals(), ...INTEGRATIONS.map((name) => store.stats.ofIntegration(name))]),
    )
    return { counts: { BatchGetDocuments: 1 }, work: countsOf(rpcs) }
  },
  'a report of today is one read, the figures among it': async () => {
    await store.countStats(clock.now())
    const rpcs = await store.during(() => createDailyReport({ ...store, clock, integrations: NAMED })())
    return { counts: { BatchGetDocuments: 1 }, work: countsOf(rpcs) }
  },
  'a report of an earlier day is one read more': async () => {
    await store.countStats(clock.now())
    const report = createDailyReport({ ...store, clock, integrations: NAMED })
    const rpcs = await store.during(() => report('2026-11-20'))
    return { counts: { BatchGetDocuments: 2 }, work: countsOf(rpcs) }
  },
  'a count of everything, once a minute, is 33 requests, and 2 more for each cause that fails now':
    async () => {
      // An event that is open: its rows are looked up.
      await store.centers.create(writeOf(fresh()))
      const rpcs = await store.during(() => store.countStats(clock.now()))
      for (const { limit } of queriesOf(rpcs)) expect(limit).toBeLessThanOrEqual(501)
      const counts = { BatchGetDocuments: 2, RunAggregationQuery: 20, RunQuery: 10, Commit: 1 }
      return { counts, work: countsOf(rpcs) }
    },
}

for (const [index, stored] of [100, 2_000].entries()) {
  describe(`with ${stored} stored centers`, () => {
    beforeAll(() => settle(store, index === 0 ? 0 : 100, stored), 180_000)

    test.each(Object.entries(cases))('%s', async (_, run) => {
      const { counts, work } = await run()
      expect(work).toEqual(counts)
    })

    test('an idle sweep asks 3 bounded questions about open documents, and gets none', async () => {
      const opened = Array.from({ length: next - 90_000 }, (_, n) => writeOf(90_000 + n).event.id)
      await store.outbox.close(opened, clock.now())
      const rpcs = await store.during(async () => {
        const report = await sweepIn(store)(5_000)
        expect(report).toEqual({ closed: 0, published: 0, waiting: 0, recovered: {}, retired: {} })
      })
      // Open events, open rows, and the redrives that are active; a query asks all shards.
      const { BatchGetDocuments: states = 0, ...queries } = countsOf(rpcs)
      expect(queries).toEqual({ RunQuery: 3 })
      // Each integration's state is one read, at most once in 5 s.
      expect(states).toBeLessThanOrEqual(INTEGRATIONS.length)
      for (const { limit, equal } of queriesOf(rpcs)) {
        expect(limit).toBeLessThanOrEqual(100)
        // A closed document has no shard: such a query cannot meet it.
        expect(equal).toContain('openShard')
      }
    })
  })
}
