import { fold, type DistributionCenter } from '@mensageria/contracts'
import {
  auditOf,
  InvalidPageTokenError,
  type CenterQuery,
  type CenterStore,
  type IdempotencyRecord,
} from '@mensageria/core'
import { cnpjOf } from '../sample-registration.ts'
import { useEngine, type OpenEngine } from './engine-under-test.ts'
import { idOf, START, writeOf } from './samples.ts'

const recordOf = (key: string, center: DistributionCenter, expiresAt = START): IdempotencyRecord => ({
  caller: 'caller',
  key,
  fingerprint: `fingerprint of ${center.taxId}`,
  status: 201,
  center,
  expiresAt,
})

const createMany = async (centers: CenterStore, count: number): Promise<void> => {
  for (let n = 0; n < count; n++) await centers.create(writeOf(n))
}

const pagesOf = async (centers: CenterStore, query: CenterQuery): Promise<string[][]> => {
  const pages: string[][] = []
  let pageToken: string | undefined
  do {
    const page = await centers.list({ ...query, ...(pageToken === undefined ? {} : { pageToken }) })
    pages.push(page.items.map(({ id }) => id))
    pageToken = page.nextPageToken
  } while (pageToken !== undefined)
  return pages
}

/** What every center store must do. */
export const describeCenterStore = (name: string, open: OpenEngine): void => {
  describe(`centers: ${name}`, () => {
    const store = useEngine(open)

    test('of 20 parallel creates of one center, one wins', async () => {
      const writes = Array.from({ length: 20 }, (_, index) => writeOf(1, 1, `request-${index}`))
      const results = await Promise.all(writes.map((write) => store.centers.create(write)))
      const winners = writes.filter((_, index) => results[index]?.committed)
      expect(winners).toHaveLength(1)
      const found = await store.centers.read(idOf(1))
      expect(found?.requestId).toBe(winners[0]?.stored.requestId)
    })

    test('reads what was created', async () => {
      const write = writeOf(1)
      await store.centers.create(write)
      expect(await store.centers.read(idOf(1))).toEqual({ ...write.stored, revision: expect.any(String) })
      expect(await store.centers.read(idOf(2))).toBeUndefined()
    })

    test('a create of a center that exists leaves no event and no idempotency record', async () => {
      await store.centers.create(writeOf(1))
      const late = writeOf(1, 1, 'late')
      const event = { ...late.event, id: 'late-event' }
      const record = recordOf('late-key', late.stored.center)
      expect(await store.centers.create({ ...late, event, idempotency: { record } })).toEqual({
        committed: false,
      })
      expect(await store.outbox.read('late-event')).toBeUndefined()
      expect(await store.centers.readIdempotency('caller', 'late-key')).toBeUndefined()
      expect((await store.centers.read(idOf(1)))?.requestId).toBe('request-1-1')
    })

    test('a create whose idempotency record exists leaves no center and no event', async () => {
      const [first, second] = [writeOf(1), writeOf(2)]
      await store.centers.create({ ...first, idempotency: { record: recordOf('key', first.stored.center) } })
      const record = recordOf('key', second.stored.center)
      expect(await store.centers.create({ ...second, idempotency: { record } })).toEqual({ committed: false })
      expect(await store.centers.read(idOf(2))).toBeUndefined()
      expect(await store.outbox.read(second.event.id)).toBeUndefined()
      expect((await store.centers.readIdempotency('caller', 'key'))?.center.id).toBe(idOf(1))
    })

    test('an update needs the current revision', async () => {
      await store.centers.create(writeOf(1))
      const expected = (await store.centers.read(idOf(1)))?.revision ?? ''
      const second = writeOf(1, 2)
      expect(await store.centers.update({ ...second, expected })).toMatchObject({ committed: true })
      const third = writeOf(1, 3)
      expect(await store.centers.update({ ...third, expected })).toEqual({ committed: false })
      expect(await store.centers.read(idOf(1))).toMatchObject(second.stored)
      expect(await store.outbox.read(second.event.id)).toEqual(second.event)
      expect(await store.outbox.read(third.event.id)).toBeUndefined()
    })

    test('defect 25: each version that is committed has one audit entry, and one that is not has none', async () => {
      const [first, second, third] = [writeOf(1), writeOf(1, 2), writeOf(1, 3)]
      await store.centers.create(first)
      const expected = (await store.centers.read(idOf(1)))?.revision ?? ''
      await store.centers.update({ ...second, expected })
      for (const refused of [
        await store.centers.create(writeOf(1, 1, 'again')),
        await store.centers.update({ ...third, expected }),
        await store.centers.update({ ...writeOf(2, 2), expected }),
      ])
        expect(refused).toEqual({ committed: false })
      const { items } = await store.audit.list({ pageSize: 10 })
      expect(items).toHaveLength(2)
      expect(items).toEqual(expect.arrayContaining([auditOf(first), auditOf(second)]))
      expect(await store.centers.read(idOf(1))).toMatchObject({ actor: second.stored.actor })
    })

    test('an update of a center that does not exist commits nothing', async () => {
      const write = writeOf(1, 2)
      expect(await store.centers.update({ ...write, expected: '1' })).toEqual({ committed: false })
      expect(await store.centers.read(idOf(1))).toBeUndefined()
      expect(await store.outbox.read(write.event.id)).toBeUndefined()
    })

    test('lists newest first, page by page, without gap or double', async () => {
      await createMany(store.centers, 7)
      const ids = [6, 5, 4, 3, 2, 1, 0].map(idOf)
      expect(await pagesOf(store.centers, { pageSize: 3 })).toEqual([
        ids.slice(0, 3),
        ids.slice(3, 6),
        ids.slice(6),
      ])
      expect(await pagesOf(store.centers, { pageSize: 7 })).toEqual([ids])
    })

    test('a center created between two pages shifts nothing', async () => {
      await createMany(store.centers, 4)
      const { items, nextPageToken = '' } = await store.centers.list({ pageSize: 2 })
      await store.centers.create(writeOf(4))
      const rest = await store.centers.list({ pageSize: 2, pageToken: nextPageToken })
      expect([...items, ...rest.items].map(({ id }) => id)).toEqual([3, 2, 1, 0].map(idOf))
    })

    test.each([
      ['state', { state: 'MG' }, [10, 7, 4, 1]],
      ['city', { cityCode: '3106705' }, [10, 4]],
      ['start of the name', { q: fold('CD Jaboatão') }, [8, 2]],
      ['start of the code', { q: fold('CD-BA-1') }, [11]],
      ['CNPJ', { q: cnpjOf(3) }, [3]],
      ['state and city', { state: 'SP', cityCode: '3106705' }, []],
    ])('filters by %s', async (_, filter, expected) => {
      await createMany(store.centers, 12)
      const pages = await pagesOf(store.centers, { pageSize: 3, ...filter })
      expect(pages.flat()).toEqual(expected.map(idOf))
    })

    test.each(['nonsense', '', 'LTE'])('refuses the page token %j', async (pageToken) => {
      await createMany(store.centers, 1)
      const listed = Promise.resolve().then(() => store.centers.list({ pageSize: 2, pageToken }))
      await expect(listed).rejects.toThrow(InvalidPageTokenError)
    })

    test('an idempotency record is kept once, and replaced with its revision only', async () => {
      const { center } = writeOf(1).stored
      const [first, second] = [recordOf('key', center), recordOf('key', center, START + 1)]
      expect(await store.centers.saveIdempotency({ record: first })).toBe(true)
      expect(await store.centers.saveIdempotency({ record: second })).toBe(false)
      const kept = await store.centers.readIdempotency('caller', 'key')
      expect(kept).toMatchObject(first)
      const replaces = kept?.revision ?? ''
      expect(await store.centers.saveIdempotency({ record: second, replaces })).toBe(true)
      expect(await store.centers.saveIdempotency({ record: first, replaces })).toBe(false)
      expect(await store.centers.readIdempotency('caller', 'key')).toMatchObject(second)
      expect(await store.centers.readIdempotency('other', 'key')).toBeUndefined()
    })

    test('a create replaces an expired idempotency record', async () => {
      const write = writeOf(2)
      await store.centers.saveIdempotency({ record: recordOf('key', writeOf(1).stored.center) })
      const replaces = (await store.centers.readIdempotency('caller', 'key'))?.revision ?? ''
      const idempotency = { record: recordOf('key', write.stored.center), replaces }
      expect(await store.centers.create({ ...write, idempotency })).toMatchObject({ committed: true })
      expect((await store.centers.readIdempotency('caller', 'key'))?.center.id).toBe(idOf(2))
    })
  })
}
