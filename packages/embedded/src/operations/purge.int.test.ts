import { blankRow, newRedrive, type DeliveryRow } from '@mensageria/core'
import { openEmbedded, type Embedded } from '../open-embedded.ts'
import { SAMPLE_TIME, writeOf } from '../testing/sample-write.ts'
import { useTempDir } from '../testing/temp-dir.ts'

const DAY_MS = 86_400_000
const KEEP_MS = 30 * DAY_MS

let engine: Embedded | undefined
afterEach(() => {
  engine?.close()
  engine = undefined
})
// After it, so that the engine is closed before its folder goes.
const tempDir = useTempDir()

const open = (subscriptions: string[] = []): Embedded => {
  engine = openEmbedded({
    dataDir: ':memory:',
    subscriptions: subscriptions.map((name) => ({
      name,
      retry: { minBackoffMs: 10, maxBackoffMs: 10, attemptsMax: 5 },
      concurrencyMax: 1,
    })),
    onError: (error) => {
      throw error
    },
  })
  return engine
}

const recordOf = (expiresAt: number) => ({
  caller: 'a',
  key: 'k',
  fingerprint: 'f',
  status: 201 as const,
  center: writeOf(0).stored.center,
  expiresAt,
})
const idOf = (n: number) => writeOf(n).event.id
const keptOf = async ({ outbox }: Embedded, count: number) => {
  const events = await Promise.all(Array.from({ length: count }, (_, n) => outbox.read(idOf(n))))
  return events.flatMap((event, n) => (event ? [n] : []))
}

test('an event goes 30 days after it was closed, no earlier', async () => {
  const opened = open()
  for (const n of [0, 1]) await opened.centers.create(writeOf(n))
  await opened.outbox.close([idOf(0)], SAMPLE_TIME)
  await opened.outbox.close([idOf(1)], SAMPLE_TIME + 1)
  expect(await opened.purge(SAMPLE_TIME + KEEP_MS - 1)).toBe(0)
  expect(await opened.purge(SAMPLE_TIME + KEEP_MS)).toBe(1)
  expect(await keptOf(opened, 2)).toEqual([1])
})

test('an open event never goes', async () => {
  const opened = open()
  await opened.centers.create(writeOf(0))
  // Its audit entry alone.
  expect(await opened.purge(SAMPLE_TIME + 1000 * DAY_MS)).toBe(1)
  expect(await keptOf(opened, 1)).toEqual([0])
})

test('a closed event that is still queued somewhere does not go', async () => {
  const opened = open(['a'])
  await opened.centers.create(writeOf(0))
  await opened.outbox.close([idOf(0)], SAMPLE_TIME)
  // Its audit entry alone.
  expect(await opened.purge(SAMPLE_TIME + 1000 * DAY_MS)).toBe(1)
  expect(await keptOf(opened, 1)).toEqual([0])
})

test('a center stays when its event goes', async () => {
  const opened = open()
  for (const n of [0, 1]) await opened.centers.create(writeOf(n))
  await opened.outbox.close([idOf(0)], SAMPLE_TIME)
  expect(await opened.purge(SAMPLE_TIME + KEEP_MS)).toBe(1)
  expect((await opened.centers.read(writeOf(0).stored.center.id))?.center).toEqual(writeOf(0).stored.center)
})

test('defect 25: the newest event stays, so that its number is given to no other', async () => {
  const opened = open()
  for (const n of [0, 1]) await opened.centers.create(writeOf(n))
  await opened.outbox.close([idOf(0), idOf(1)], SAMPLE_TIME)
  expect(await opened.purge(SAMPLE_TIME + KEEP_MS)).toBe(1)
  expect(await keptOf(opened, 2)).toEqual([1])
  await opened.centers.create(writeOf(2))
  expect(await opened.purge(SAMPLE_TIME + KEEP_MS)).toBe(1)
  expect(await keptOf(opened, 3)).toEqual([2])
})

test('a kept answer goes when its time is over, no earlier', async () => {
  const opened = open()
  await opened.centers.saveIdempotency({ record: recordOf(SAMPLE_TIME) })
  expect(await opened.purge(SAMPLE_TIME - 1)).toBe(0)
  expect(await opened.purge(SAMPLE_TIME)).toBe(1)
  expect(await opened.centers.readIdempotency('a', 'k')).toBeUndefined()
})

test('c30: one purge deletes until nothing is due, a batch at a time: others write between', async () => {
  const opened = open()
  await Promise.all(Array.from({ length: 1_200 }, (_, n) => opened.centers.create(writeOf(n))))
  await opened.outbox.close(
    Array.from({ length: 1_200 }, (_, n) => idOf(n)),
    SAMPLE_TIME,
  )
  let done = false
  const purging = opened.purge(SAMPLE_TIME + KEEP_MS).finally(() => {
    done = true
  })
  await opened.centers.create(writeOf(2_000))
  expect(done).toBe(false)
  expect(await purging).toBe(1_200)
  expect(await opened.purge(SAMPLE_TIME + KEEP_MS)).toBe(0)
})

test('a cause goes 30 days after it came last, where no row has it', async () => {
  const opened = open(['maas'])
  for (const n of [1, 2]) await opened.centers.create(writeOf(n))
  const failed = (n: number, cause: string): DeliveryRow => ({
    ...blankRow({ integration: 'maas', centerId: writeOf(n).stored.center.id }, 1, 't'),
    state: 'parked',
    dueAt: 1,
    lastAttemptAt: SAMPLE_TIME,
    lastFailure: { kind: 'transient', cause, message: cause, at: SAMPLE_TIME },
  })
  await opened.ledger.create(failed(1, 'tls'))
  const revision = (await opened.ledger.create(failed(2, 'dns'))) ?? ''
  await opened.ledger.replace({ ...failed(2, 'tls') }, revision)
  const lastFailure = async () => (await opened.stats.ofIntegration('maas')).lastFailure?.cause
  expect(await opened.purge(SAMPLE_TIME + KEEP_MS - 1)).toBe(0)
  expect(await opened.purge(SAMPLE_TIME + KEEP_MS)).toBe(1)
  expect(await lastFailure()).toBe('tls')
  expect(await opened.stats.failureGroups(['maas'])).toMatchObject([{ cause: 'tls', count: 2 }])
})

test('row 45: a clock that jumps a year ahead deletes nothing, not after a restart either', async () => {
  const reopen = () => {
    engine?.close()
    engine = openEmbedded({ dataDir: tempDir(), subscriptions: [], onError: () => undefined })
    return engine
  }
  const before = reopen()
  for (const n of [0, 1]) await before.centers.create(writeOf(n))
  await before.outbox.close([idOf(0)], SAMPLE_TIME)
  await before.centers.saveIdempotency({ record: recordOf(SAMPLE_TIME + DAY_MS) })
  await before.stats.addAttempts('maas', [{ at: SAMPLE_TIME, delivered: 1, failed: 0 }])
  expect(await before.purge(SAMPLE_TIME, 0)).toBe(0)
  expect(await before.purge(SAMPLE_TIME + 365 * DAY_MS, 60_000)).toBe(0)
  const after = reopen()
  expect(await after.purge(SAMPLE_TIME + 365 * DAY_MS, 0)).toBe(0)
  expect(await after.purge(SAMPLE_TIME + 120_000, 60_000)).toBe(0)
  expect(await after.stats.lastHour(['maas'], SAMPLE_TIME + 120_000)).toMatchObject({
    maas: [{ delivered: 1 }],
  })
  // A year behind it deletes nothing, and stops no purge for good.
  expect(await after.purge(SAMPLE_TIME - 365 * DAY_MS, 60_000)).toBe(0)
  expect(await after.purge(SAMPLE_TIME + KEEP_MS, KEEP_MS)).toBe(3)
})

test('defect 25: an audit entry goes after 400 days, no earlier, and the newer ones stay', async () => {
  const opened = open()
  const entry = { actor: 'ana', action: 'redrive.create', target: 'r', reason: 'x' } as const
  for (const at of [SAMPLE_TIME, SAMPLE_TIME + 1]) await opened.audit.append({ ...entry, at })
  expect(await opened.purge(SAMPLE_TIME + 400 * DAY_MS - 1)).toBe(0)
  expect(await opened.purge(SAMPLE_TIME + 400 * DAY_MS)).toBe(1)
  expect((await opened.audit.list({ pageSize: 5 })).items.map(({ at }) => at)).toEqual([SAMPLE_TIME + 1])
})

test('defect 25: a redrive that has ended goes after 90 days with its lanes; one that is paused stays', async () => {
  const opened = open(['maas'])
  const asked = { filter: { states: ['parked' as const] }, reason: 'x', requestedBy: 'ana', force: false }
  for (const [id, state] of [
    ['a', 'done'],
    ['b', 'cancelled'],
    ['c', 'paused'],
  ] as const) {
    const made = newRedrive(asked, { id, now: SAMPLE_TIME, expected: 1, integrations: ['maas'] })
    await opened.redrives.create({ ...made.redrive, state, open: false }, made.lanes)
  }
  expect(await opened.purge(SAMPLE_TIME + 90 * DAY_MS - 1)).toBe(0)
  expect(await opened.purge(SAMPLE_TIME + 90 * DAY_MS)).toBe(2)
  const { items } = await opened.redrives.list({ pageSize: 5 })
  expect(items.map(({ redrive, lanes }) => [redrive.id, lanes.length])).toEqual([['c', 1]])
})
