import { deliveryRowOf, dueAt } from '@mensageria/testkit'
import { needs } from '@mensageria/testkit/needs'
import { createLedger } from './ledger.ts'
import { useConnection } from '../testing/use-connection.ts'

const { test } = needs('emulators')

const { connection, methods } = useConnection()
const ledger = () => createLedger(connection(), ['maas', 'dmitri'])
const fieldsOf = async (id: string) => (await connection().firestore.doc(`deliveries/${id}`).get()).data()

test('a row that is closed leaves the index of open rows, and comes back when it opens again', async () => {
  const opened = (await ledger().create(deliveryRowOf('a'))) ?? ''
  expect(await fieldsOf('maas~a')).toMatchObject({ openShard: expect.any(Number), dueAt: 1000 })
  const closed = (await ledger().replace(deliveryRowOf('a', { state: 'delivered' }), opened)) ?? ''
  expect(Object.keys((await fieldsOf('maas~a')) ?? {}).toSorted()).toEqual([
    'attemptedAt',
    'centerId',
    'integration',
    'listShard',
    'row',
    'state',
    'version',
  ])
  await ledger().replace(deliveryRowOf('a', { version: 2, dueAt: 7 }), closed)
  expect(await fieldsOf('maas~a')).toMatchObject({ openShard: expect.any(Number), dueAt: 7 })
})

test('a create that was sent twice is known by its token', async () => {
  const row = deliveryRowOf('a')
  const revision = await ledger().create(row)
  expect(await ledger().create(row)).toBeUndefined()
  expect(await ledger().read(row)).toMatchObject({ row: { token: row.token }, revision })
})

test('a backlog of another integration hides no due row', async () => {
  for (let n = 0; n < 40; n++)
    await ledger().create(deliveryRowOf(`c${n}`, { integration: 'dmitri', dueAt: n }))
  expect(await ledger().hasDue(['maas'], dueAt(5000))).toBe(false)
  await ledger().create(deliveryRowOf('late', { dueAt: 4000 }))
  expect(await ledger().hasDue(['maas'], dueAt(3999))).toBe(false)
  expect(await ledger().hasDue(['maas'], dueAt(4000))).toBe(true)
})

test('the versions of many centers are one request', async () => {
  const centerIds = Array.from({ length: 100 }, (_, n) => `c${n}`)
  await Promise.all(
    centerIds.map((centerId, n) => ledger().create(deliveryRowOf(centerId, { version: n + 1 }))),
  )
  methods.length = 0
  const versions = await ledger().versions([...centerIds, 'c5', 'unknown'])
  expect(methods).toEqual(['BatchGetDocuments'])
  expect(versions['c41']).toEqual({ maas: 42 })
  expect(versions['unknown']).toEqual({})
})

test('no center, no request', async () => {
  expect(await ledger().versions([])).toEqual({})
  expect(await ledger().hasDue([], dueAt(5000))).toBe(false)
  expect(methods).toEqual([])
})
