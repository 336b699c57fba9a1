import declared from '@mensageria/google-cloud/firestore.indexes.json' with { type: 'json' }
import type { DeliveryRow } from '@mensageria/core'
import { deliveryRowOf, dueAt, writeOf } from '@mensageria/testkit'
import { useEmulators } from '@mensageria/testkit/emulators'
import { newProjectId, openWatchedStore, type WatchedStore } from '../support/cloud.ts'
import { needs } from '@mensageria/testkit/needs'
import { queriesOf, type AskedQuery } from '../support/structured-query.ts'

const { test } = needs('emulators')

// The emulator answers every query; production refuses one without its index. So the queries are held against the file
// that Terraform creates the indexes from.

let store: WatchedStore
beforeAll(async () => {
  await useEmulators()
  store = await openWatchedStore(newProjectId(), [
    { name: 'senninha' },
    { name: 'maas' },
    { name: 'dmitri', since: Date.now() },
  ])
})
afterAll(() => store.close())

type Index = (typeof declared.indexes)[number]

const fieldsOf = ({ fields }: Index) => fields.map((one) => ({ order: '', arrayConfig: '', ...one }))

const asText = ({ collectionGroup, ...index }: Index): string =>
  `${collectionGroup}: ${fieldsOf({ collectionGroup, ...index })
    .map(({ fieldPath, order }) => `${fieldPath} ${order}`)
    .join(', ')}`

// The rule of Firestore: what is compared comes first, in any order; then exactly what is sorted by, in that direction.
const answers = (
  index: Index,
  { collection, equal, contains, range, orders, summed }: AskedQuery,
): boolean => {
  const fields = fieldsOf(index)
  const compared = new Set([...equal, ...contains])
  const first = fields.slice(0, compared.size)
  const rest = fields.slice(compared.size)
  return (
    index.collectionGroup === collection &&
    first.every(({ fieldPath }) => compared.has(fieldPath)) &&
    first.every(({ fieldPath, arrayConfig }) => contains.includes(fieldPath) === (arrayConfig !== '')) &&
    // An inequality is answered by the first field that is sorted.
    range.every((field) => field === orders[0]?.field) &&
    // What is added up is read from the index, never from the documents.
    summed.every((field) => fields.some(({ fieldPath }) => fieldPath === field)) &&
    rest.length === orders.length &&
    rest.every(
      ({ fieldPath, order }, place) =>
        fieldPath === orders[place]?.field && order === orders[place].direction,
    )
  )
}

const failed = (centerId: string, integration: string): DeliveryRow => ({
  ...deliveryRowOf(centerId, { integration, state: 'parked' }),
  lastFailure: { kind: 'transient', cause: 'tls', message: 'x', at: 1 },
})

const lists = async () => {
  const { centers, unreadable, redrives, audit } = store
  for (const place of [{}, { state: 'SP' }, { cityCode: '3509205' }, { state: 'SP', cityCode: '3509205' }]) {
    for (const text of [{}, { q: 'cd caj' }]) await centers.list({ pageSize: 5, ...place, ...text })
  }
  for (const list of [unreadable, redrives, audit]) await list.list({ pageSize: 5 })
  await redrives.active()
}

const searches = async () => {
  for (const filter of [
    {},
    { integration: 'maas', states: ['parked' as const], cause: 'tls', since: 1, until: 2 },
    { kind: 'unknown' as const, cause: 'tls' },
    { kind: 'unknown' as const },
    { states: ['waiting' as const], scope: 'all' as const },
    { q: 'cd caj' },
    { centerId: 'a' },
  ])
    await store.search.find(filter, { pageSize: 5 })
}

// An event is closed, a row is missing, one is below its center's version: a count looks for what waits. And one integration
// has centers from before its time.
const counts = async () => {
  const [first, second] = [writeOf(1), writeOf(2)]
  await store.centers.create(first)
  await store.centers.create(second)
  await store.ledger.create(failed(first.stored.center.id, 'dmitri'))
  const expected = (await store.centers.read(first.stored.center.id))?.revision ?? ''
  await store.centers.update({ ...writeOf(1, 2), expected })
  await store.outbox.close([first.event.id, second.event.id, writeOf(1, 2).event.id], 1)
  expect(await store.stats.count(Date.now())).toContainEqual({ integration: 'maas', count: 2 })
}

test('each query is answered by a declared index, and each index answers one', async () => {
  const rpcs = await store.during(async () => {
    await counts()
    await lists()
    await searches()
    await store.outbox.due(dueAt(Date.now()), 5)
    await store.ledger.due('maas', dueAt(Date.now()), 5)
    // A due row of another integration: the probe asks on for the one it was asked about.
    await store.ledger.hasDue(['maas'], dueAt(Date.now()))
    await store.ledger.integrationsWithOpenRows()
    await store.states.all()
  })
  // What neither compares nor sorts by a field is answered by the documents themselves.
  const queries = queriesOf(rpcs).filter(
    ({ equal, range, orders }) => equal.length + range.length + orders.length > 0,
  )
  const unanswered = queries.filter((query) => !declared.indexes.some((index) => answers(index, query)))
  expect(unanswered).toEqual([])
  const unused = declared.indexes.filter((index) => !queries.some((query) => answers(index, query)))
  expect(unused.map(asText)).toEqual([])
})

test('a time comes last in an index, behind a shard: it grows, and alone it would be a hot spot', () => {
  const times = /^(dueAt|createdAt|receivedAt|attemptedAt|undeliveredSince|acceptedAt|centerCreatedAt|at)$/
  // Numbers that are small, and much the same everywhere: behind them an index is in the order of its documents' random ids.
  const numbers = /^(version|push|recovery|heal|redrive|superseded)$/
  for (const { fields } of declared.indexes) {
    const names = fields.map(({ fieldPath }) => fieldPath)
    const last = names.at(-1) ?? ''
    expect(last).toMatch(numbers.test(last) ? numbers : times)
    if (times.test(last)) expect(names.some((name) => ['openShard', 'listShard'].includes(name))).toBe(true)
    expect(names.slice(0, -1).filter((name) => times.test(name))).toEqual([])
  }
})

test('only what may go has a time to live', () => {
  const living = declared.fieldOverrides.filter((override) => 'ttl' in override && override.ttl)
  expect(
    living.map(({ collectionGroup, fieldPath }) => `${collectionGroup}.${fieldPath}`).toSorted(),
  ).toEqual([
    'attempts.expireAt',
    'audit.expireAt',
    'days.expireAt',
    'events.expireAt',
    'idempotency.expireAt',
    'redriveLanes.expireAt',
    'redrives.expireAt',
    'undecodableMessages.expireAt',
  ])
})
