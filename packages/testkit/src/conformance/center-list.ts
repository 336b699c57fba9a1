import { toEvent, type DistributionCenter } from '@mensageria/contracts'
import { InvalidPageTokenError, type CenterQuery, type CenterStore } from '@mensageria/delivery'
import { sampleCenter, sampleCenterId, sampleWrite } from '../sample-write.ts'
import { withOpened, type Open } from './with-opened.ts'

type Stores = { centers: CenterStore }

const createMany = async ({ centers }: Stores, from: number, count: number): Promise<void> => {
  for (let n = from; n < from + count; n++) await centers.create(sampleWrite(n))
}

const createAs = async ({ centers }: Stores, n: number, change: Partial<DistributionCenter>) => {
  const center = { ...sampleCenter(n), ...change }
  await centers.create({
    stored: { center, requestId: `r-${n}`, traceparent: undefined },
    event: toEvent(center, undefined),
  })
}

/** The ids of all pages in order; `between` runs after each page. */
const walk = async (
  { centers }: Stores,
  query: CenterQuery,
  between: () => Promise<void> = async () => {},
): Promise<string[]> => {
  const ids: string[] = []
  let pageToken: string | undefined
  do {
    const page = await centers.list(pageToken === undefined ? query : { ...query, pageToken })
    expect(page.items.length).toBeLessThanOrEqual(query.pageSize)
    ids.push(...page.items.map(({ id }) => id))
    pageToken = page.nextPageToken
    await between()
  } while (pageToken !== undefined)
  return ids
}

const newestFirst = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => sampleCenterId(from + count - 1 - index))

const describePages = (open: Open<Stores>) => {
  const on = withOpened(open)

  test(
    'an empty store has one empty page',
    on(async ({ centers }) => {
      expect(await centers.list({ pageSize: 10 })).toEqual({ items: [] })
    }),
  )

  test(
    'the newest come first, whole',
    on(async (stores) => {
      await createMany(stores, 0, 3)
      const { items } = await stores.centers.list({ pageSize: 10 })
      expect(items).toEqual([sampleCenter(2), sampleCenter(1), sampleCenter(0)])
    }),
  )

  test.each([1, 2, 3, 7, 10])('pages of %d have no gap and no double', async (pageSize) => {
    await on(async (stores) => {
      await createMany(stores, 0, 7)
      expect(await walk(stores, { pageSize })).toEqual(newestFirst(0, 7))
    })()
  })

  test(
    'a page that is not full is the last',
    on(async (stores) => {
      await createMany(stores, 0, 2)
      expect(await stores.centers.list({ pageSize: 3 })).not.toHaveProperty('nextPageToken')
    }),
  )

  test(
    'what is added while somebody reads moves nothing',
    on(async (stores) => {
      await createMany(stores, 0, 6)
      let added = 6
      const ids = await walk(stores, { pageSize: 2 }, () => createMany(stores, added++, 1))
      expect(ids).toEqual(newestFirst(0, 6))
    }),
  )

  test(
    'an update shows the new data, at one place',
    on(async (stores) => {
      await createMany(stores, 0, 3)
      const expected = (await stores.centers.read(sampleCenterId(1)))?.revision ?? 'none'
      await stores.centers.update({ ...sampleWrite(1, 2), expected })
      const { items } = await stores.centers.list({ pageSize: 10 })
      expect(items).toHaveLength(3)
      expect(items).toContainEqual(sampleCenter(1, 2))
    }),
  )

  test.each(['', ' ', 'x', '0', '-1', 'LTE', 'null', '%00', '../..', '\u{1F69A}', 'MQ==', 'x'.repeat(5000)])(
    'the page token %.20j is refused',
    async (pageToken) => {
      await on(async (stores) => {
        await createMany(stores, 0, 3)
        await expect(stores.centers.list({ pageSize: 1, pageToken })).rejects.toBeInstanceOf(
          InvalidPageTokenError,
        )
      })()
    },
  )

  test(
    'a page token with something added is refused',
    on(async (stores) => {
      await createMany(stores, 0, 3)
      const { nextPageToken = 'none' } = await stores.centers.list({ pageSize: 1 })
      await expect(
        stores.centers.list({ pageSize: 1, pageToken: `${nextPageToken}A` }),
      ).rejects.toBeInstanceOf(InvalidPageTokenError)
    }),
  )
}

const describeFilters = (open: Open<Stores>) => {
  const on = withOpened(open)
  // The samples repeat every six: Cajamar SP, Extrema MG, Jaboatão PE, Itajaí SC, Betim MG, Feira de Santana BA.
  const only = async (stores: Stores, query: Omit<CenterQuery, 'pageSize'>) =>
    walk(stores, { pageSize: 2, ...query })

  test(
    'state',
    on(async (stores) => {
      await createMany(stores, 0, 12)
      expect(await only(stores, { state: 'MG' })).toEqual([10, 7, 4, 1].map(sampleCenterId))
      expect(await only(stores, { state: 'AC' })).toEqual([])
    }),
  )

  test(
    'city',
    on(async (stores) => {
      await createMany(stores, 0, 12)
      expect(await only(stores, { cityCode: '3509205' })).toEqual([6, 0].map(sampleCenterId))
      expect(await only(stores, { cityCode: '3509205', state: 'MG' })).toEqual([])
    }),
  )

  test(
    'the start of the name, without accents and case',
    on(async (stores) => {
      await createMany(stores, 0, 12)
      expect(await only(stores, { q: 'cd jaboatao' })).toEqual([8, 2].map(sampleCenterId))
      expect(await only(stores, { q: 'jaboatao' })).toEqual([])
    }),
  )

  test(
    'the start of the code',
    on(async (stores) => {
      await createMany(stores, 0, 12)
      expect(await only(stores, { q: 'cd-pe-' })).toEqual([8, 2].map(sampleCenterId))
    }),
  )

  test(
    'the start of the taxId, and the whole',
    on(async (stores) => {
      await createMany(stores, 1, 11)
      const { taxId } = sampleCenter(3)
      expect(await only(stores, { q: taxId })).toEqual([sampleCenterId(3)])
      expect(await only(stores, { q: taxId.slice(0, 8) })).toEqual([sampleCenterId(3)])
      expect(await only(stores, { q: taxId.slice(0, 7) })).toEqual(
        [9, 8, 7, 6, 5, 4, 3, 2, 1].map(sampleCenterId),
      )
    }),
  )

  test(
    'letters of a taxId in lower case, as folding leaves them',
    on(async (stores) => {
      await createAs(stores, 1, { taxId: '12ABC34501DE35', name: 'X' })
      expect(await only(stores, { q: '12abc' })).toEqual([sampleCenterId(1)])
    }),
  )

  test(
    'a centre that matches in several ways is listed once',
    on(async (stores) => {
      await createAs(stores, 1, { name: '1234', code: '1234', taxId: '12345678000195' })
      expect(await only(stores, { q: '1234' })).toEqual([sampleCenterId(1)])
    }),
  )

  test(
    'a centre without a code is found by its name',
    on(async (stores) => {
      const { code: _code, ...center } = sampleCenter(1)
      await stores.centers.create({
        stored: { center, requestId: 'r', traceparent: undefined },
        event: toEvent(center, undefined),
      })
      expect(await only(stores, { q: 'cd extrema' })).toEqual([center.id])
    }),
  )

  test(
    'filters are taken together',
    on(async (stores) => {
      await createMany(stores, 0, 12)
      expect(await only(stores, { state: 'MG', q: 'cd betim' })).toEqual([10, 4].map(sampleCenterId))
      expect(await only(stores, { state: 'SP', q: 'cd betim' })).toEqual([])
    }),
  )

  test.each(['%', '_', '*', `'`, `"`, '\\', 'cd%', 'cd_', '\u{1F69A}'])('%j means itself', async (q) => {
    await on(async (stores) => {
      await createMany(stores, 0, 3)
      await createAs(stores, 9, { name: `${q}x` })
      expect(await only(stores, { q })).toEqual([sampleCenterId(9)])
    })()
  })

  test(
    'an update is found by its new name, and no longer by the old',
    on(async (stores) => {
      await createMany(stores, 1, 1)
      const center = { ...sampleCenter(1, 2), name: 'Novo', code: 'N' }
      const expected = (await stores.centers.read(center.id))?.revision ?? 'none'
      const stored = { center, requestId: 'r', traceparent: undefined }
      await stores.centers.update({ stored, event: toEvent(center, undefined), expected })
      expect(await only(stores, { q: 'novo' })).toEqual([center.id])
      expect(await only(stores, { q: 'cd' })).toEqual([])
    }),
  )
}

/** The list of the centre store port. */
export const describeCenterList = (name: string, open: Open<Stores>): void => {
  describe(`${name}: list of centres`, () => {
    describe('pages', () => describePages(open))
    describe('filters', () => describeFilters(open))
  })
}
