import type { DeliveryRow } from '@mensageria/core'
import { deliveryRowOf, writeOf } from '@mensageria/testkit'
import { toCenterFields } from '../intake/center-document.ts'
import { rowIdOf, toRowFields } from '../ledger/row-document.ts'
import { useConnection } from '../testing/use-connection.ts'
import { createStats } from './stats.ts'

// More than one count looks at: 500 centers. What it finds out little by little must never be too little.
const { connection } = useConnection()

const idOf = (n: number) => writeOf(n).stored.center.id
const createdAt = (n: number) => Date.parse(writeOf(n).stored.center.createdAt)
const upTo = (end: number) => Array.from({ length: end }, (_, n) => n)

/** Writes centers without events, and rows, in few commits. */
const putAll = async (centers: readonly [n: number, version: number][], rows: readonly DeliveryRow[]) => {
  const { firestore } = connection()
  const batch = firestore.batch()
  for (const [n, version] of centers)
    batch.set(firestore.doc(`centers/${idOf(n)}`), toCenterFields(writeOf(n, version).stored))
  for (const row of rows) batch.set(firestore.doc(`deliveries/${rowIdOf(row)}`), toRowFields(row))
  await batch.commit()
}
const delivered = (n: number, version = 1) => deliveryRowOf(idOf(n), { state: 'delivered', version })

const countWith = async (since?: number) => {
  const stats = createStats(connection(), [{ name: 'maas', ...(since === undefined ? {} : { since }) }])
  const unaccounted = await stats.count(1000)
  const { counts, oldestUndeliveredAt } = await stats.ofIntegration('maas')
  const { owed } = await stats.totals()
  return { owed: owed['maas'], counts, oldestUndeliveredAt, unaccounted }
}

test('what has a row from before `since` is owed as soon as it is seen; the equation holds meanwhile', async () => {
  // 515 are from before, and three of them have a row: one lies behind the first 500.
  await putAll(
    upTo(520).map((n) => [n, 1]),
    [2, 510, 514, 516].map((n) => delivered(n)),
  )
  const counted = []
  for (let count = 0; count < 3; count++) counted.push(await countWith(createdAt(515)))
  expect(counted.map(({ owed }) => owed)).toEqual([7, 8, 8])
  for (const { owed, counts, unaccounted } of counted) {
    expect(counts).toMatchObject({ delivered: 4, waiting: (owed ?? 0) - 4 })
    expect(unaccounted).toEqual([{ integration: 'maas', count: counts.waiting }])
  }
  // More rows than it knows of are those of older centers, until it has seen them.
  await putAll(
    [],
    upTo(200).map((n) => delivered(n)),
  )
  for (let count = 0; count < 4; count++) {
    const { owed = 0, counts } = await countWith(createdAt(515))
    expect(counts.delivered + counts.waiting).toBe(owed)
    expect(counts.delivered).toBe(203)
    if (count === 3) expect(owed).toBe(207)
  }
})

test('a `since` that has moved is counted anew', async () => {
  await putAll(
    upTo(510).map((n) => [n, 1]),
    [],
  )
  expect((await countWith(createdAt(505))).owed).toBe(5)
  expect((await countWith(createdAt(300))).owed).toBe(210)
  expect((await countWith()).owed).toBe(510)
})

test('rows behind their center are counted where more than 500 centers were ever updated', async () => {
  await putAll(
    upTo(505).map((n) => [n, 2]),
    upTo(505).map((n) => delivered(n, n === 1 || n === 504 ? 1 : 2)),
  )
  const { counts, owed, unaccounted } = await countWith()
  expect(counts).toMatchObject({ waiting: 2, delivered: 503 })
  expect(owed).toBe(505)
  expect(unaccounted).toEqual([{ integration: 'maas', count: 2 }])
})

test('the oldest that waits is known once all centers were looked at, and stays known', async () => {
  await putAll(
    upTo(510).map((n) => [n, 1]),
    upTo(510).flatMap((n) => (n === 3 || n === 400 ? [] : [delivered(n)])),
  )
  const oldest = []
  for (let count = 0; count < 4; count++) oldest.push((await countWith()).oldestUndeliveredAt)
  expect(oldest).toEqual([400, 3, 3, 3].map(createdAt))
  await putAll([], [delivered(3), delivered(400)])
  expect((await countWith()).oldestUndeliveredAt).toBeUndefined()
})
