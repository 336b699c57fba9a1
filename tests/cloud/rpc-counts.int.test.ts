import {
  composeDeliverer,
  composeIntake,
  composeOperations,
  composeSweeper,
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

const registerIn = (store: WatchedStore) => composeIntake(store, { publisher, clock, ids }).register

const deliverIn = (store: WatchedStore) => {
  const deliver = composeDeliverer(store, {
    settings: settingsOf('maas'),
    clock,
    ids,
    onAttempt: () => {},
    call: async () => ({ kind: 'delivered' }),
  })
  return (n: number, version = 1) =>
    deliver(writeOf(n, version).event, { kind: 'push' }, AbortSignal.timeout(30_000))
}

const sweepIn = (store: WatchedStore) => {
  const handOver: HandOver = () => {
    throw new Error('Nothing is to be handed over')
  }
  return composeSweeper(store, {
    integrations: INTEGRATIONS.map(settingsOf),
    publisher,
    handOver,
    // A list that settles within a day is looked at again after 14 min: later than this file takes on a busy machine.
    maintenance: { intervalMs: 3_600_000, settleMs: 86_400_000, retireAfterMs: 86_400_000 },
    observe: () => {},
    clock,
    ids,
  })
}

const reportIn = (store: WatchedStore) =>
  composeOperations(store, { integrations: NAMED, clock, ids }).reportDaily

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
  'all stats are one read': async () => {
    await store.stats.count(clock.now())
    const rpcs = await store.during(() =>
      Promise.all([store.stats.totals(), ...INTEGRATIONS.map((name) => store.stats.ofIntegration(name))]),
    )
    return { counts: { BatchGetDocuments: 1 }, work: countsOf(rpcs) }
  },
  'a report of today is one read, the stats among it': async () => {
    await store.stats.count(clock.now())
    const rpcs = await store.during(() => reportIn(store)())
    return { counts: { BatchGetDocuments: 1 }, work: countsOf(rpcs) }
  },
  'a report of an earlier day is one read more': async () => {
    await store.stats.count(clock.now())
    const report = reportIn(store)
    const rpcs = await store.during(() => report('2026-11-20'))
    return { counts: { BatchGetDocuments: 2 }, work: countsOf(rpcs) }
  },
  'a count of everything, once a minute, is 42 requests, and 2 more for each cause that fails now':
    async () => {
      // An event that is open: its rows are looked up.
      await store.centers.create(writeOf(fresh()))
      const rpcs = await store.during(() => store.stats.count(clock.now()))
      for (const { limit } of queriesOf(rpcs)) expect(limit).toBeLessThanOrEqual(501)
      // At two integrations nothing was ever delivered, and no event says so: what waits there longest is 2 more for each.
      const forgotten = 2
      const counts = {
        BatchGetDocuments: 2 + forgotten,
        RunAggregationQuery: 23,
        RunQuery: 16 + forgotten,
        Commit: 1,
      }
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

    test('an idle sweep asks 6 bounded questions, and gets the states of the integrations alone', async () => {
      const opened = Array.from({ length: next - 90_000 }, (_, n) => writeOf(90_000 + n).event.id)
      await store.outbox.close(opened, clock.now())
      const sweep = sweepIn(store)
      // The first one remembers the list, and counts: all of it, also on a busy machine.
      await sweep(60_000)
      const rpcs = await store.during(async () => {
        const report = await sweep(60_000)
        expect(report).toEqual({ closed: 0, published: 0, waiting: 0, recovered: {} })
      })
      // The states of all integrations; open events and open rows that are due, and those that a
      // clock that had jumped put off; open redrives. A query asks all shards.
      expect(countsOf(rpcs)).toEqual({ RunQuery: 6 })
      const [states, ...queries] = queriesOf(rpcs)
      expect(states).toMatchObject({ collection: 'integrations', limit: 1_000 })
      for (const { limit, equal, orders } of queries) {
        expect(limit).toBeLessThanOrEqual(500)
        // A closed document has no shard: such a query cannot meet it.
        expect([...equal, ...orders.map(({ field }) => field)]).toContain('openShard')
      }
    })
  })
}
