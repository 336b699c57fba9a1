import { toEvent, type DistributionCenter } from '@mensageria/contracts'
import { blankRow, type CenterWrite, type DeliveryRow } from '@mensageria/core'
import { openMemory } from './open-memory.ts'

const KEY = { integration: 'maas', centerId: '0d4b5a5e-6f0f-5d6e-8f4b-2f6d1f7c0a11' }
const AT = Date.parse('2026-11-20T12:00:00Z')

const CENTER: DistributionCenter = {
  id: KEY.centerId,
  version: 1,
  createdAt: new Date(AT).toISOString(),
  updatedAt: new Date(AT).toISOString(),
  name: 'CD Cajamar',
  taxId: '11222333000181',
  address: {
    street: 'Rodovia Anhanguera',
    number: 'km 38',
    district: 'Jordanesia',
    city: 'Cajamar',
    cityCode: '3509205',
    state: 'SP',
    postalCode: '07786000',
  },
}

const WRITE: CenterWrite = {
  stored: { center: CENTER, requestId: 'request', traceparent: undefined, actor: 'local' },
  event: toEvent(CENTER, undefined),
}

const rowOf = (version = 1): DeliveryRow => ({
  ...blankRow(KEY, version, 'token'),
  state: 'retrying',
  dueAt: AT,
})

const open = () => {
  const time = { ms: 0 }
  const clock = { now: () => AT + time.ms, monotonic: () => time.ms }
  return { time, memory: openMemory({ integrations: [{ name: 'maas' }], clock }) }
}

test('lists what was asked, in order', async () => {
  const { memory } = open()
  await memory.ledger.read(KEY)
  await memory.stats.count(AT)
  await memory.purge(AT)
  expect(memory.calls).toEqual(['ledger.read', 'stats.count', 'purge'])
})

test.each([
  ['throws', undefined],
  ['throws-but-written', 'retrying'],
] as const)('a write that %s leaves %s behind', async (fault, state) => {
  const { memory } = open()
  memory.faults.next('ledger.create', fault)
  await expect(memory.ledger.create(rowOf())).rejects.toThrow('ledger.create')
  expect(memory.rowOf(KEY)?.state).toBe(state)
  expect(memory.faults.left()).toBe(0)
})

test.each([
  ['refused', 1],
  ['refused-but-written', 2],
] as const)('a compare-and-set that is %s leaves version %d', async (fault, version) => {
  const { memory } = open()
  const revision = memory.given.row(rowOf())
  memory.faults.next('ledger.replace', fault)
  expect(await memory.ledger.replace(rowOf(2), revision)).toBeUndefined()
  expect(memory.rowOf(KEY)?.version).toBe(version)
})

test('each port has its own word for refused', async () => {
  const { memory } = open()
  memory.faults.next('centers.create', 'refused')
  memory.faults.next('centers.saveIdempotency', 'refused')
  expect(await memory.centers.create(WRITE)).toEqual({ committed: false })
  const record = {
    caller: 'a',
    key: 'b',
    fingerprint: 'c',
    status: 201,
    center: CENTER,
    expiresAt: AT,
  } as const
  expect(await memory.centers.saveIdempotency({ record })).toBe(false)
  expect(memory.stored.idempotency.size).toBe(0)
})

test('faults are used up in their order, by their operation alone', async () => {
  const { memory } = open()
  memory.faults.next('ledger.read', 'throws', 'throws-but-written')
  expect(await memory.ledger.ofCenter(KEY.centerId)).toEqual([])
  await expect(memory.ledger.read(KEY)).rejects.toThrow('away')
  await expect(memory.ledger.read(KEY)).rejects.toThrow('lost')
  expect(await memory.ledger.read(KEY)).toBeUndefined()
})

test('what is given is there, and nobody was asked', async () => {
  const { memory, time } = open()
  memory.given.center(WRITE.stored)
  memory.given.event(WRITE.event, { checks: 3, nextCheckAt: AT + 5 })
  const revision = memory.given.row(rowOf())
  expect(memory.calls).toEqual([])
  time.ms = 40
  expect(await memory.ledger.read(KEY)).toEqual({ row: rowOf(), revision, ageMs: 40 })
  expect(await memory.outbox.due({ now: AT + 5, latest: AT + 5 }, 1)).toMatchObject([{ checks: 3 }])
  expect(await memory.centers.read(KEY.centerId)).toMatchObject(WRITE.stored)
})

test('a view passes every operation to its step, which may let it be, do it late or fail after it', async () => {
  const { memory } = open()
  const asked: string[] = []
  const view = memory.through(async (operation, work) => {
    asked.push(operation)
    const answer = work()
    if (operation === 'ledger.replace') throw new Error('The worker died')
    return answer
  })
  const revision = (await view.ledger.create(rowOf())) ?? ''
  await expect(view.ledger.replace(rowOf(2), revision)).rejects.toThrow('died')
  await view.purge(AT)
  expect(asked).toEqual(['ledger.create', 'ledger.replace', 'purge'])
  expect(memory.calls).toEqual([])
  expect(memory.rowOf(KEY)?.version).toBe(2)
})

test('an engine with another list sees the same data', async () => {
  const { memory } = open()
  await memory.centers.create(WRITE)
  const other = memory.reopen([{ name: 'senninha' }, { name: 'dmitri', since: AT + 1 }])
  expect(await other.stats.totals()).toEqual({
    accepted: 1,
    openEvents: 1,
    owed: { senninha: 1, dmitri: 0 },
  })
  expect(other.calls).toEqual(['stats.totals'])
})

test('what has expired is deleted, and what is open never', async () => {
  const { memory } = open()
  await memory.centers.create(WRITE)
  await memory.stats.addAttempts('maas', [{ at: AT, delivered: 1, failed: 0 }])
  const aMonth = 30 * 24 * 3_600_000
  expect(await memory.purge(AT + 2 * 3_600_000 - 1)).toBe(0)
  expect(await memory.purge(AT + aMonth)).toBe(1)
  await memory.outbox.close([WRITE.event.id], AT)
  expect(await memory.purge(AT + aMonth - 1)).toBe(0)
  expect(await memory.purge(AT + aMonth)).toBe(1)
  expect(await memory.outbox.read(WRITE.event.id)).toBeUndefined()
})
