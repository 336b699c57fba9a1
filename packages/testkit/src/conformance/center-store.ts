import { toEvent } from '@mensageria/contracts'
import type { CenterStore, Outbox } from '@mensageria/delivery'
import { sampleCenter, sampleCenterId, sampleRecord, sampleWrite } from '../sample-write.ts'
import { inParallel, withOpened, type Open } from './with-opened.ts'

type Stores = { centers: CenterStore; outbox: Outbox }

// Long after every sample: all open events are due.
const LATER = Date.parse('2027-01-01T00:00:00.000Z')

const isStored = async ({ centers, outbox }: Stores, n: number, version: number) => {
  const found = await centers.read(sampleCenterId(n))
  const event = await outbox.read(sampleWrite(n, version).event.id)
  return { center: found?.center.version, event: event?.sequence }
}

const revisionOf = async ({ centers }: Stores, n: number): Promise<string> => {
  const found = await centers.read(sampleCenterId(n))
  return found?.revision ?? 'none'
}

const describeCreate = (open: Open<Stores>) => {
  const on = withOpened(open)

  test(
    'a created centre is read as it was written',
    on(async ({ centers }) => {
      const write = sampleWrite(1)
      expect(await centers.create(write)).toMatchObject({ committed: true })
      expect(await centers.read(sampleCenterId(1))).toEqual({ ...write.stored, revision: expect.any(String) })
    }),
  )

  test(
    'a centre without a trace is read without one',
    on(async ({ centers }) => {
      const center = sampleCenter(1)
      const stored = { center, requestId: 'r', traceparent: undefined }
      await centers.create({ stored, event: toEvent(center, undefined) })
      expect((await centers.read(center.id))?.traceparent).toBeUndefined()
    }),
  )

  test(
    'text comes back code point by code point',
    on(async ({ centers }) => {
      const center = { ...sampleCenter(1), name: `São "João" \\ \u{1F69A} \u2028 '; -- %_ <b>` }
      const stored = { center, requestId: 'r', traceparent: undefined }
      await centers.create({ stored, event: toEvent(center, undefined) })
      expect((await centers.read(center.id))?.center).toEqual(center)
    }),
  )

  test(
    'an unknown centre is undefined',
    on(async ({ centers }) => {
      expect(await centers.read(sampleCenterId(1))).toBeUndefined()
    }),
  )

  test(
    'centre and event are one commit',
    on(async ({ centers, outbox }) => {
      const write = sampleWrite(1)
      await centers.create(write)
      expect(await outbox.read(write.event.id)).toEqual(write.event)
      expect(await outbox.due(LATER, 10)).toEqual([
        expect.objectContaining({ eventId: write.event.id, centerId: sampleCenterId(1), version: 1 }),
      ])
    }),
  )

  test(
    'a second create of a centre commits nothing',
    on(async ({ centers, outbox }) => {
      await centers.create(sampleWrite(1))
      const other = { ...sampleCenter(1), name: 'Another' }
      const second = { stored: { ...sampleWrite(1).stored, center: other }, event: toEvent(other, undefined) }
      expect(await centers.create(second)).toEqual({ committed: false })
      expect((await centers.read(other.id))?.center).toEqual(sampleCenter(1))
      expect((await outbox.read(second.event.id))?.data).toEqual(sampleCenter(1))
      expect(await outbox.due(LATER, 10)).toHaveLength(1)
    }),
  )

  test(
    'of 20 creates of one centre at once one wins, and it is the one that is stored',
    on(async (stores) => {
      const results = await inParallel(20, (index) =>
        stores.centers.create(sampleWrite(1, 1, `request-${index}`)),
      )
      const winners = results.flatMap(({ committed }, index) => (committed ? [`request-${index}`] : []))
      expect(winners).toHaveLength(1)
      expect((await stores.centers.read(sampleCenterId(1)))?.requestId).toBe(winners[0])
      expect(await stores.outbox.due(LATER, 100)).toHaveLength(1)
    }),
  )

  test(
    '20 creates of different centres at once are all kept',
    on(async (stores) => {
      const results = await inParallel(20, (index) => stores.centers.create(sampleWrite(index)))
      expect(results.filter(({ committed }) => committed)).toHaveLength(20)
      const kept = await inParallel(20, (index) => isStored(stores, index, 1))
      expect(kept).toEqual(Array(20).fill({ center: 1, event: 1 }))
      expect(await stores.outbox.due(LATER, 100)).toHaveLength(20)
    }),
  )
}

const describeCreateWithKey = (open: Open<Stores>) => {
  const on = withOpened(open)

  test(
    'the answer is kept in the commit of the centre',
    on(async ({ centers }) => {
      const record = sampleRecord(1)
      await centers.create({ ...sampleWrite(1), idempotency: { record } })
      expect(await centers.readIdempotency(record.caller, record.key)).toEqual({
        ...record,
        revision: expect.any(String),
      })
    }),
  )

  test(
    'where the record exists already, neither centre nor event is kept',
    on(async (stores) => {
      const record = sampleRecord(1)
      await stores.centers.saveIdempotency({ record })
      const write = { ...sampleWrite(2), idempotency: { record: sampleRecord(2, { key: record.key }) } }
      expect(await stores.centers.create(write)).toEqual({ committed: false })
      expect(await isStored(stores, 2, 1)).toEqual({ center: undefined, event: undefined })
      expect(await stores.outbox.due(LATER, 10)).toEqual([])
      expect(await stores.centers.readIdempotency(record.caller, record.key)).toMatchObject(record)
    }),
  )

  test(
    'where the centre exists already, no record is kept',
    on(async ({ centers }) => {
      await centers.create(sampleWrite(1))
      const record = sampleRecord(1)
      expect(await centers.create({ ...sampleWrite(1), idempotency: { record } })).toEqual({
        committed: false,
      })
      expect(await centers.readIdempotency(record.caller, record.key)).toBeUndefined()
    }),
  )

  test(
    'where the centre exists already, an expired record is not replaced',
    on(async ({ centers }) => {
      const expired = sampleRecord(1, { fingerprint: 'expired', expiresAt: 1 })
      await centers.saveIdempotency({ record: expired })
      const replaces = (await centers.readIdempotency(expired.caller, expired.key))?.revision ?? 'none'
      await centers.create(sampleWrite(1))
      const idempotency = { record: sampleRecord(1), replaces }
      expect(await centers.create({ ...sampleWrite(1), idempotency })).toEqual({ committed: false })
      expect(await centers.readIdempotency(expired.caller, expired.key)).toMatchObject(expired)
    }),
  )

  test(
    'an expired record is replaced in the commit of the centre',
    on(async ({ centers }) => {
      const expired = sampleRecord(1, { fingerprint: 'expired', expiresAt: 1 })
      await centers.saveIdempotency({ record: expired })
      const replaces = (await centers.readIdempotency(expired.caller, expired.key))?.revision ?? 'none'
      const record = sampleRecord(1)
      expect(await centers.create({ ...sampleWrite(1), idempotency: { record, replaces } })).toMatchObject({
        committed: true,
      })
      expect(await centers.readIdempotency(record.caller, record.key)).toMatchObject(record)
    }),
  )

  test(
    'a record that another request has replaced meanwhile stops the commit',
    on(async (stores) => {
      const { centers } = stores
      const expired = sampleRecord(1, { expiresAt: 1 })
      await centers.saveIdempotency({ record: expired })
      const replaces = (await centers.readIdempotency(expired.caller, expired.key))?.revision ?? 'none'
      const winner = sampleRecord(1, { fingerprint: 'winner' })
      await centers.saveIdempotency({ record: winner, replaces })
      const idempotency = { record: sampleRecord(1), replaces }
      expect(await centers.create({ ...sampleWrite(2), idempotency })).toEqual({ committed: false })
      expect(await isStored(stores, 2, 1)).toEqual({ center: undefined, event: undefined })
      expect(await centers.readIdempotency(winner.caller, winner.key)).toMatchObject(winner)
    }),
  )

  test(
    'of 20 centres with one key at once one is kept',
    on(async (stores) => {
      const results = await inParallel(20, (index) =>
        stores.centers.create({
          ...sampleWrite(index),
          idempotency: { record: sampleRecord(index, { key: 'one' }) },
        }),
      )
      const winners = results.flatMap(({ committed }, index) => (committed ? [index] : []))
      expect(winners).toHaveLength(1)
      const kept = await stores.centers.readIdempotency('tool-a', 'one')
      expect(kept?.center.id).toBe(sampleCenterId(winners[0] ?? -1))
      const due = await stores.outbox.due(LATER, 100)
      expect(due.map(({ centerId }) => centerId)).toEqual([kept?.center.id])
    }),
  )
}

const describeUpdate = (open: Open<Stores>) => {
  const on = withOpened(open)

  test(
    'an update of the current revision is kept, with its event and a new revision',
    on(async (stores) => {
      const { centers, outbox } = stores
      await centers.create(sampleWrite(1))
      const expected = await revisionOf(stores, 1)
      const write = sampleWrite(1, 2)
      expect(await centers.update({ ...write, expected })).toMatchObject({ committed: true })
      const found = await centers.read(sampleCenterId(1))
      expect(found).toMatchObject(write.stored)
      expect(found?.revision).not.toBe(expected)
      expect(await outbox.read(write.event.id)).toEqual(write.event)
      expect(await outbox.due(LATER, 10)).toHaveLength(2)
    }),
  )

  test(
    'an update of an old revision commits nothing',
    on(async (stores) => {
      const { centers, outbox } = stores
      await centers.create(sampleWrite(1))
      const old = await revisionOf(stores, 1)
      await centers.update({ ...sampleWrite(1, 2), expected: old })
      expect(await centers.update({ ...sampleWrite(1, 3), expected: old })).toEqual({ committed: false })
      expect((await centers.read(sampleCenterId(1)))?.center).toEqual(sampleCenter(1, 2))
      expect(await outbox.read(sampleWrite(1, 3).event.id)).toBeUndefined()
      expect(await outbox.due(LATER, 10)).toHaveLength(2)
    }),
  )

  test(
    'an update of an unknown centre commits nothing',
    on(async (stores) => {
      await stores.centers.create(sampleWrite(1))
      const expected = await revisionOf(stores, 1)
      expect(await stores.centers.update({ ...sampleWrite(2, 2), expected })).toEqual({ committed: false })
      expect(await isStored(stores, 2, 2)).toEqual({ center: undefined, event: undefined })
    }),
  )

  test(
    'of 20 updates of one revision at once one wins',
    on(async (stores) => {
      await stores.centers.create(sampleWrite(1))
      const expected = await revisionOf(stores, 1)
      const results = await inParallel(20, (index) =>
        stores.centers.update({ ...sampleWrite(1, 2, `request-${index}`), expected }),
      )
      const winners = results.flatMap(({ committed }, index) => (committed ? [`request-${index}`] : []))
      expect(winners).toHaveLength(1)
      expect((await stores.centers.read(sampleCenterId(1)))?.requestId).toBe(winners[0])
      expect(await stores.outbox.due(LATER, 100)).toHaveLength(2)
    }),
  )
}

/** The centre store port: what registration and update rest on. */
export const describeCenterStore = (name: string, open: Open<Stores>): void => {
  describe(`${name}: centre store`, () => {
    describe('create', () => describeCreate(open))
    describe('create with an idempotency key', () => describeCreateWithKey(open))
    describe('update', () => describeUpdate(open))
  })
}
