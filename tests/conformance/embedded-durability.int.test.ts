import { EngineError, openEmbedded, type Embedded, type PushedMessage } from '@mensageria/embedded'
import { deliveryRowOf, dueAt as dueNow, writeOf } from '@mensageria/testkit'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { waitFor } from '@mensageria/testkit/wait-for'

const KEY = { integration: 'maas', centerId: 'a' }

let dataDir: string
let engines: Embedded[]
let errors: unknown[]
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'mensageria-durability-'))
  engines = []
  errors = []
})
afterEach(async () => {
  for (const engine of engines) engine.close()
  await rm(dataDir, { recursive: true, force: true })
  expect(errors).toEqual([])
})

const open = (): Embedded => {
  const engine = openEmbedded({
    dataDir,
    subscriptions: [
      { name: 'maas', retry: { minBackoffMs: 20, maxBackoffMs: 50, attemptsMax: 100 }, concurrencyMax: 4 },
    ],
    onError: (error) => errors.push(error),
  })
  engines.push(engine)
  return engine
}

const close = (engine: Embedded) => {
  engines = engines.filter((other) => other !== engine)
  engine.close()
}

test('what was queued is pushed after the folder is opened again', async () => {
  const before = open()
  const writes = [1, 2, 3].map((n) => writeOf(n))
  for (const write of writes) await before.centers.create(write)
  close(before)

  const after = open()
  const pushed: PushedMessage[] = []
  const broker = after.startBroker(
    {
      maas: async (message) => {
        pushed.push(message)
        return true
      },
    },
    async () => true,
  )
  await waitFor('3 pushes', () => pushed, { until: (all) => all.length === 3 })
  await broker.stop()
  // An empty write: the acknowledgements are on the disk before it.
  await after.outbox.close([], 0)
  expect(pushed.map(({ attributes }) => attributes['ce-id'] ?? '').toSorted()).toEqual(
    writes.map(({ event }) => event.id).toSorted(),
  )
})

test('a row that an earlier open left in work has no owner any more, and is as old as this open at least', async () => {
  const before = open()
  const revision = await before.ledger.create(deliveryRowOf('a'))
  close(before)
  const after = open()
  const read = await after.ledger.read(KEY)
  expect(read).toEqual({ row: expect.anything(), revision, ageMs: expect.any(Number), ownerGone: true })
  expect(read?.row.state).toBe('delivering')
  await after.ledger.replace(deliveryRowOf('a', { version: 2 }), read?.revision ?? '')
  expect(await after.ledger.read(KEY)).not.toHaveProperty('ownerGone')
})

test('a row that an earlier open left in work is due at once, unless its message is queued', async () => {
  const before = open()
  const queued = writeOf(1)
  await before.centers.create(queued)
  const dueAt = Date.now() + 75_000
  await before.ledger.create(deliveryRowOf(queued.stored.center.id, { dueAt }))
  await before.ledger.create(deliveryRowOf('handed-over', { dueAt }))
  expect(await before.ledger.due('maas', dueNow(Date.now()), 10)).toEqual([])
  close(before)
  const due = await open().ledger.due('maas', dueNow(Date.now()), 10)
  expect(due.map(({ row }) => row.centerId)).toEqual(['handed-over'])
})

test('a write of a group commit that fails undoes itself alone', async () => {
  const before = open()
  await before.centers.create(writeOf(5))
  const numbers = Array.from({ length: 11 }, (_, n) => n)
  const results = await Promise.all(
    numbers.map((n) => {
      const { stored, event } = writeOf(n, 1, `late-${n}`)
      const record = {
        caller: 'caller',
        key: `key-${n}`,
        fingerprint: 'fingerprint',
        status: 201 as const,
        center: stored.center,
        expiresAt: 1,
      }
      return before.centers.create({ stored, event, idempotency: { record } })
    }),
  )
  expect(results.map(({ committed }) => committed)).toEqual(numbers.map((n) => n !== 5))
  close(before)

  const after = open()
  for (const n of numbers) {
    const { stored, event } = writeOf(n)
    const found = await after.centers.read(stored.center.id)
    expect(found?.requestId).toBe(n === 5 ? 'request-5-1' : `late-${n}`)
    expect(await after.outbox.read(event.id)).toEqual(event)
    expect((await after.centers.readIdempotency('caller', `key-${n}`)) !== undefined).toBe(n !== 5)
  }
})

test('a folder is opened once at a time', () => {
  const first = open()
  expect(open).toThrow(EngineError)
  expect(open).toThrow(/in use by another Mensageria/)
  close(first)
  expect(open).not.toThrow()
})

test('a folder of a newer release is refused and stays as it is', () => {
  close(open())
  const path = join(dataDir, 'mensageria.db')
  const db = new DatabaseSync(path)
  db.exec('PRAGMA user_version = 1000')
  db.close()
  expect(open).toThrow(EngineError)
  expect(open).toThrow(/written by a newer release/)
  const again = new DatabaseSync(path)
  expect(again.prepare('PRAGMA user_version').get()?.['user_version']).toBe(1000)
  again.close()
})
