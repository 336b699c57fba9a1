import { fold } from '@mensageria/contracts'
import { writeOf } from '@mensageria/testkit'
import { needs } from '@mensageria/testkit/needs'
import type { CenterQuery, CenterStore } from '@mensageria/core'
import { createCenterStore } from './center-store.ts'
import { useConnection } from '../testing/use-connection.ts'

const { test } = needs('emulators')

const { connection } = useConnection()
const AT = '2026-11-24T12:00:00.000Z'

// Centers of one instant: a bulk import.
const accept = async (count: number, nameOf: (n: number) => string) => {
  const centers = createCenterStore(connection())
  const ids = await Promise.all(
    Array.from({ length: count }, async (_, n) => {
      const { stored, event } = writeOf(n)
      const center = { ...stored.center, name: nameOf(n), createdAt: AT, updatedAt: AT }
      await centers.create({ stored: { ...stored, center }, event: { ...event, time: AT, data: center } })
      return center.id
    }),
  )
  return { centers, ids }
}

const pagesOf = async (centers: CenterStore, query: CenterQuery) => {
  const pages: string[][] = []
  let pageToken: string | undefined
  do {
    const page = await centers.list({ ...query, ...(pageToken === undefined ? {} : { pageToken }) })
    pages.push(page.items.map(({ id }) => id))
    pageToken = page.nextPageToken
  } while (pageToken !== undefined)
  return pages
}

test('centers of one instant have one order, on pages of any size', async () => {
  const { centers, ids } = await accept(23, (n) => `CD ${n}`)
  const [all = []] = await pagesOf(centers, { pageSize: 100 })
  expect(all.toSorted()).toEqual(ids.toSorted())
  for (const pageSize of [1, 4, 23]) {
    const pages = await pagesOf(centers, { pageSize })
    expect(pages.flat()).toEqual(all)
    expect(pages).toHaveLength(Math.ceil(23 / pageSize))
  }
})

test('a search longer than the index is compared whole, and a page reads a bounded number of documents', async () => {
  const { centers, ids } = await accept(
    60,
    (n) => `Centro de Distribuição número ${n === 17 ? 'último' : 'outro'}`,
  )
  const q = fold('Centro de Distribuição número ú')
  const pages = await pagesOf(centers, { pageSize: 2, q })
  expect(pages.flat()).toEqual([ids[17]])
  // 5 rounds of 3 documents a page, where 60 have the same beginning: some pages are short, and say that there are more.
  expect(pages.length).toBeGreaterThan(1)
  expect(pages.length).toBeLessThan(8)
})

test('a city and another state have no center', async () => {
  const { centers } = await accept(6, (n) => `CD ${n}`)
  const cityCode = '3509205'
  expect((await centers.list({ pageSize: 10, cityCode, state: 'SP' })).items).toHaveLength(1)
  expect(await centers.list({ pageSize: 10, cityCode, state: 'MG' })).toEqual({ items: [] })
})
