import { dueAt, writeOf } from '@mensageria/testkit'
import { needs } from '@mensageria/testkit/needs'
import { createCenterStore } from './center-store.ts'
import { createOutbox } from './outbox.ts'
import { useConnection } from '../testing/use-connection.ts'

const { test } = needs('emulators')

const { connection } = useConnection()
const NOW = Date.parse('2026-11-24T12:00:00.000Z')
const DAY_MS = 24 * 3_600_000

const accept = async (count: number): Promise<string[]> => {
  const writes = Array.from({ length: count }, (_, n) => writeOf(n))
  await Promise.all(writes.map((write) => createCenterStore(connection()).create(write)))
  return writes.map(({ event }) => event.id)
}
const fieldsOf = async (id: string) => (await connection().firestore.doc(`events/${id}`).get()).data()

test('a closed event is in no index, and may go after 30 days', async () => {
  const [id = ''] = await accept(1)
  expect(await fieldsOf(id)).toMatchObject({ openShard: expect.any(Number), dueAt: expect.any(Number) })
  expect(await fieldsOf(id)).not.toHaveProperty('expireAt')
  await createOutbox(connection()).close([id], NOW)
  const closed = await fieldsOf(id)
  expect(closed).not.toHaveProperty('openShard')
  expect(closed).not.toHaveProperty('dueAt')
  expect(closed?.['expireAt']?.toMillis()).toBe(NOW + 30 * DAY_MS)
})

test('many events are closed at once, also where some are gone', async () => {
  const outbox = createOutbox(connection())
  const ids = await accept(50)
  await Promise.all([3, 30].map((n) => connection().firestore.doc(`events/${ids[n]}`).delete()))
  await outbox.close(ids, NOW)
  expect(await outbox.due(dueAt(NOW), 100)).toEqual([])
  // What is gone stays gone.
  expect(await fieldsOf(ids[3] ?? '')).toBeUndefined()
})

test('an event that is gone is postponed by nobody', async () => {
  await createOutbox(connection()).postpone('gone', NOW, 1)
  expect(await fieldsOf('gone')).toBeUndefined()
})
