import type { CenterQuery } from '@mensageria/core'
import { openEmbedded, type Embedded } from '../open-embedded.ts'
import { writeOf } from '../testing/sample-write.ts'

let engine: Embedded
beforeEach(() => {
  engine = openEmbedded({
    dataDir: ':memory:',
    subscriptions: [],
    onError: (error) => {
      throw error
    },
  })
})
afterEach(() => engine.close())

/** Registers centers whose name begins with a word. */
const acceptAll = (count: number, from: number, word: string) =>
  Promise.all(
    Array.from({ length: count }, (_, index) => {
      const { stored, event } = writeOf(from + index)
      const center = { ...stored.center, name: `${word} ${from + index}` }
      return engine.centers.create({ stored: { ...stored, center }, event: { ...event, data: center } })
    }),
  )

const pagesOf = async (query: CenterQuery): Promise<string[][]> => {
  const pages: string[][] = []
  let pageToken: string | undefined
  do {
    const page = await engine.centers.list({ ...query, ...(pageToken === undefined ? {} : { pageToken }) })
    pages.push(page.items.map(({ name }) => name))
    pageToken = page.nextPageToken
  } while (pageToken !== undefined)
  return pages
}

test('a text that hundreds fit gives them newest first, page by page, each once', async () => {
  await acceptAll(500, 0, 'Loja')
  await acceptAll(10, 500, 'Outra')
  const pages = await pagesOf({ pageSize: 60, q: 'loja' })
  expect(pages.map(({ length }) => length)).toEqual([60, 60, 60, 60, 60, 60, 60, 60, 20])
  expect(pages.flat()).toEqual(Array.from({ length: 500 }, (_, index) => `Loja ${499 - index}`))
})

test('a page ends early behind thousands that do not fit, and the next one goes on', async () => {
  await acceptAll(300, 0, 'Loja')
  await acceptAll(4_100, 300, 'Outra')
  const pages = await pagesOf({ pageSize: 400, q: 'loja' })
  expect(pages.map(({ length }) => length)).toEqual([0, 0, 300])
})

test('a text that few fit gives them at once, wherever they are', async () => {
  await acceptAll(3, 0, 'Loja')
  await acceptAll(2_500, 3, 'Outra')
  expect(await pagesOf({ pageSize: 2, q: 'loja' })).toEqual([['Loja 2', 'Loja 1'], ['Loja 0']])
  expect(await pagesOf({ pageSize: 2, q: 'loja', state: 'XX' })).toEqual([[]])
})
