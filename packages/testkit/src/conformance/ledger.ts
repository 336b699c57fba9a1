import type { DeliveryRow, Ledger, RowKey } from '@mensageria/delivery'
import { eventually } from '../eventually.ts'
import { closedRow, fullRow, openRow } from '../sample-row.ts'
import { SAMPLE_TIME, sampleCenterId } from '../sample-write.ts'
import { inParallel, withOpened, type Open } from './with-opened.ts'

type Stores = { ledger: Ledger }

const keyOf = ({ integration, centerId }: DeliveryRow): RowKey => ({ integration, centerId })

const create = async ({ ledger }: Stores, row: DeliveryRow): Promise<string> => {
  const revision = await ledger.create(row)
  if (revision === undefined) throw new Error('The row exists already')
  return revision
}

const ageOf = async ({ ledger }: Stores, row: DeliveryRow): Promise<number> => {
  const found = await ledger.read(keyOf(row))
  return found?.ageMs ?? Number.NaN
}

const describeCompareAndSet = (open: Open<Stores>) => {
  const on = withOpened(open)

  test(
    'an unknown row is undefined',
    on(async ({ ledger }) => {
      expect(await ledger.read(keyOf(openRow(1)))).toBeUndefined()
    }),
  )

  test.each([
    ['full', fullRow(1)],
    ['blank', openRow(1)],
    ['delivering', openRow(1, { state: 'delivering' })],
    ['retrying', openRow(1, { state: 'retrying' })],
    ['rejected', closedRow(1, 'rejected')],
    ['delivered', closedRow(1, 'delivered')],
  ])('a %s row is read as it was created, with the revision that create gave', async (_name, row) => {
    await on(async (stores) => {
      const revision = await create(stores, row)
      expect(await stores.ledger.read(keyOf(row))).toEqual({ row, revision, ageMs: expect.any(Number) })
    })()
  })

  test(
    'a row that exists already is not created again',
    on(async (stores) => {
      const revision = await create(stores, openRow(1))
      expect(await stores.ledger.create(openRow(1, { token: 'other' }))).toBeUndefined()
      expect(await stores.ledger.read(keyOf(openRow(1)))).toMatchObject({ row: openRow(1), revision })
    }),
  )

  test(
    'of 20 creates of one row at once one wins',
    on(async ({ ledger }) => {
      const revisions = await inParallel(20, (index) => ledger.create(openRow(1, { token: `t-${index}` })))
      const winners = revisions.flatMap((revision, index) => (revision === undefined ? [] : [`t-${index}`]))
      expect(winners).toHaveLength(1)
      expect((await ledger.read(keyOf(openRow(1))))?.row.token).toBe(winners[0])
    }),
  )

  test(
    'a replaced row is read with the revision that replace gave',
    on(async (stores) => {
      const first = await create(stores, openRow(1))
      const second = await stores.ledger.replace(fullRow(1), first)
      expect(second).not.toBe(first)
      expect(await stores.ledger.read(keyOf(fullRow(1)))).toMatchObject({ row: fullRow(1), revision: second })
    }),
  )

  test(
    'a field that was emptied is empty',
    on(async (stores) => {
      const revision = await create(stores, fullRow(1))
      await stores.ledger.replace(openRow(1), revision)
      expect((await stores.ledger.read(keyOf(openRow(1))))?.row).toEqual(openRow(1))
    }),
  )

  test(
    'a row of another revision is not replaced',
    on(async (stores) => {
      const old = await create(stores, openRow(1))
      const current = await stores.ledger.replace(openRow(1, { token: 'second' }), old)
      expect(await stores.ledger.replace(openRow(1, { token: 'third' }), old)).toBeUndefined()
      expect(await stores.ledger.read(keyOf(openRow(1)))).toMatchObject({
        row: { token: 'second' },
        revision: current,
      })
    }),
  )

  test(
    'a row that does not exist is not replaced',
    on(async (stores) => {
      const revision = await create(stores, openRow(1))
      expect(await stores.ledger.replace(openRow(2), revision)).toBeUndefined()
      expect(await stores.ledger.read(keyOf(openRow(2)))).toBeUndefined()
    }),
  )

  test(
    'of 20 that replace one revision at once one does',
    on(async (stores) => {
      const revision = await create(stores, openRow(1))
      const results = await inParallel(20, (index) =>
        stores.ledger.replace(openRow(1, { token: `t-${index}` }), revision),
      )
      const winners = results.flatMap((result, index) => (result === undefined ? [] : [`t-${index}`]))
      expect(winners).toHaveLength(1)
      expect((await stores.ledger.read(keyOf(openRow(1))))?.row.token).toBe(winners[0])
    }),
  )

  test(
    '20 rows at once, of five centres at four integrations, are all kept',
    on(async ({ ledger }) => {
      const rows = Array.from({ length: 20 }, (_, n) => openRow(n % 5, { integration: `i-${n % 4}` }))
      const revisions = await Promise.all(rows.map((row) => ledger.create(row)))
      expect(revisions).not.toContain(undefined)
      const found = await Promise.all(rows.map((row) => ledger.read(keyOf(row))))
      expect(found.map((read) => read?.row)).toEqual(rows)
    }),
  )
}

// Two clocks may differ by a little over the time of a test.
const TOLERANCE_MS = 50

const describeAge = (open: Open<Stores>) => {
  const on = withOpened(open)

  test(
    'the age of a row is the time since its last write',
    on(async (stores) => {
      const before = performance.now()
      const revision = await create(stores, openRow(1))
      const created = performance.now()
      await eventually(async () => (await ageOf(stores, openRow(1))) >= 2 * TOLERANCE_MS)
      const asked = performance.now()
      const age = await ageOf(stores, openRow(1))
      expect(age).toBeGreaterThanOrEqual(asked - created - TOLERANCE_MS)
      expect(age).toBeLessThanOrEqual(performance.now() - before + TOLERANCE_MS)
      const replacing = performance.now()
      await stores.ledger.replace(openRow(1, { token: 'second' }), revision)
      const youngAge = await ageOf(stores, openRow(1))
      expect(youngAge).toBeLessThanOrEqual(performance.now() - replacing + TOLERANCE_MS)
    }),
  )

  test(
    'a write that changed nothing does not make a row younger',
    on(async (stores) => {
      await create(stores, openRow(1))
      await eventually(async () => (await ageOf(stores, openRow(1))) >= TOLERANCE_MS)
      await stores.ledger.create(openRow(1))
      await stores.ledger.replace(openRow(1), '999999')
      expect(await ageOf(stores, openRow(1))).toBeGreaterThanOrEqual(TOLERANCE_MS)
    }),
  )
}

const describeQueries = (open: Open<Stores>) => {
  const on = withOpened(open)
  const rowsOf = (rows: DeliveryRow[]) =>
    rows.map(({ integration, version }) => `${integration} ${version}`).toSorted()

  test(
    'all rows of one centre, and of no other',
    on(async (stores) => {
      await create(stores, openRow(1, { integration: 'maas', version: 2 }))
      await create(stores, closedRow(1, 'delivered', { integration: 'dmitri' }))
      await create(stores, openRow(2))
      expect(rowsOf(await stores.ledger.ofCenter(sampleCenterId(1)))).toEqual(['dmitri 1', 'maas 2'])
      expect(await stores.ledger.ofCenter(sampleCenterId(3))).toEqual([])
    }),
  )

  test(
    'the versions of the rows of some centres, open or closed',
    on(async (stores) => {
      await create(stores, openRow(1, { integration: 'maas', version: 2 }))
      await create(stores, closedRow(1, 'delivered', { integration: 'dmitri' }))
      const revision = await create(stores, openRow(2))
      await stores.ledger.replace(openRow(2, { version: 5 }), revision)
      await create(stores, openRow(3))
      const found = await stores.ledger.versions([1, 2, 4].map(sampleCenterId))
      expect(found[sampleCenterId(1)]).toEqual({ maas: 2, dmitri: 1 })
      expect(found[sampleCenterId(2)]).toEqual({ maas: 5 })
      expect(found[sampleCenterId(3)]).toBeUndefined()
      expect(found[sampleCenterId(4)] ?? {}).toEqual({})
      expect(await stores.ledger.versions([])).toEqual({})
    }),
  )

  test(
    'the versions of two hundred centres at once',
    on(async (stores) => {
      await inParallel(200, (n) => create(stores, openRow(n, { version: n + 1 })))
      const found = await stores.ledger.versions(Array.from({ length: 200 }, (_, n) => sampleCenterId(n)))
      expect(
        Object.values(found)
          .map(({ maas = 0 }) => maas)
          .toSorted((a, b) => a - b),
      ).toEqual(Array.from({ length: 200 }, (_, n) => n + 1))
    }),
  )

  test(
    'a success is known, sooner or later, to its integration alone',
    on(async ({ ledger }) => {
      const since = Date.now()
      const revision = await ledger.create(openRow(1))
      expect(await ledger.lastDeliveredAt('maas')).toBeUndefined()
      await ledger.replace(closedRow(1, 'delivered'), revision ?? 'none')
      await eventually(async () => (await ledger.lastDeliveredAt('maas')) !== undefined)
      expect(await ledger.lastDeliveredAt('maas')).toBeGreaterThanOrEqual(since - TOLERANCE_MS)
      expect(await ledger.lastDeliveredAt('dmitri')).toBeUndefined()
    }),
  )

  test(
    'a failure and a refusal are no success',
    on(async (stores) => {
      const revision = await create(stores, openRow(1))
      const next = await stores.ledger.replace(openRow(1, { state: 'retrying' }), revision)
      await stores.ledger.replace(closedRow(1, 'rejected'), next ?? 'none')
      expect(await stores.ledger.lastDeliveredAt('maas')).toBeUndefined()
    }),
  )
}

const describeDue = (open: Open<Stores>) => {
  const on = withOpened(open)
  const due = async ({ ledger }: Stores, now = SAMPLE_TIME, limit = 100) =>
    (await ledger.due('maas', now, limit)).map(({ row }) => row.centerId)

  test(
    'a row is due at its time, not before',
    on(async (stores) => {
      await create(stores, openRow(1, { dueAt: SAMPLE_TIME }))
      expect(await due(stores, SAMPLE_TIME - 1)).toEqual([])
      expect(await due(stores, SAMPLE_TIME)).toEqual([sampleCenterId(1)])
    }),
  )

  test.each(['delivering', 'retrying', 'parked'] as const)('a %s row can be due', async (state) => {
    await on(async (stores) => {
      await create(stores, openRow(1, { state }))
      expect(await due(stores)).toEqual([sampleCenterId(1)])
    })()
  })

  test(
    'those due longest come first, as many as asked for',
    on(async (stores) => {
      for (const n of [3, 1, 4, 2]) await create(stores, openRow(n, { dueAt: SAMPLE_TIME + n }))
      expect(await due(stores, SAMPLE_TIME + 9)).toEqual([1, 2, 3, 4].map(sampleCenterId))
      expect(await due(stores, SAMPLE_TIME + 9, 2)).toEqual([1, 2].map(sampleCenterId))
      expect(await due(stores, SAMPLE_TIME + 3)).toEqual([1, 2, 3].map(sampleCenterId))
    }),
  )

  test(
    'another integration has its own',
    on(async (stores) => {
      await create(stores, openRow(1, { integration: 'dmitri' }))
      expect(await due(stores)).toEqual([])
      expect(await stores.ledger.due('dmitri', SAMPLE_TIME, 10)).toHaveLength(1)
    }),
  )

  test(
    'what is due comes whole, with a revision to replace it by',
    on(async (stores) => {
      await create(stores, fullRow(1))
      const [found] = await stores.ledger.due('maas', SAMPLE_TIME, 10)
      expect(found).toEqual(
        await stores.ledger.read(keyOf(fullRow(1))).then((read) => ({
          ...read,
          ageMs: expect.any(Number),
        })),
      )
      expect(await stores.ledger.replace(openRow(1), found?.revision ?? 'none')).toEqual(expect.any(String))
    }),
  )

  test.each(['rejected', 'delivered'] as const)('a %s row is never due', async (state) => {
    await on(async (stores) => {
      await create(stores, closedRow(1, state))
      const revision = await create(stores, openRow(2))
      await stores.ledger.replace(closedRow(2, state), revision)
      expect(await due(stores, SAMPLE_TIME * 2)).toEqual([])
    })()
  })

  test(
    'a closed row that opens again is due again',
    on(async (stores) => {
      const revision = await create(stores, closedRow(1, 'delivered'))
      await stores.ledger.replace(openRow(1, { version: 2 }), revision)
      expect(await due(stores)).toEqual([sampleCenterId(1)])
    }),
  )

  test(
    'a row that got another time is due then',
    on(async (stores) => {
      const revision = await create(stores, openRow(1))
      await stores.ledger.replace(openRow(1, { dueAt: SAMPLE_TIME + 10 }), revision)
      expect(await due(stores, SAMPLE_TIME + 9)).toEqual([])
      expect(await due(stores, SAMPLE_TIME + 10)).toEqual([sampleCenterId(1)])
    }),
  )
}

/** The ledger port. */
export const describeLedger = (name: string, open: Open<Stores>): void => {
  describe(`${name}: ledger`, () => {
    describe('compare and set', () => describeCompareAndSet(open))
    describe('age', () => describeAge(open))
    describe('queries', () => describeQueries(open))
    describe('due', () => describeDue(open))
  })
}
