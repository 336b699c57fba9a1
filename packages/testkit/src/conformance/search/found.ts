import type { DeliveryFilter, DeliverySearch } from '@mensageria/core'
import { idOf } from '../samples.ts'

const numbers = new Map(Array.from({ length: 500 }, (_, n) => [idOf(n), n]))

/** The number of a sample center. */
export const numberOf = (centerId: string): number | undefined => numbers.get(centerId)

// More pages than any suite has pairs, short and empty ones included.
const PAGES_MAX = 2_000

/** The pages of a search, each pair as `integration number`. Pages may be short or empty, but they end. */
export const pagesOf = async (
  search: DeliverySearch,
  filter: DeliveryFilter,
  pageSize = 200,
): Promise<string[][]> => {
  const pages: string[][] = []
  let pageToken: string | undefined
  do {
    if (pages.length === PAGES_MAX) throw new Error('The pages of a search do not end')
    const position = pageToken === undefined ? {} : { pageToken }
    const page = await search.find(filter, { pageSize, ...position })
    pages.push(page.items.map(({ integration, centerId }) => `${integration} ${numberOf(centerId)}`))
    pageToken = page.nextPageToken
  } while (pageToken !== undefined)
  return pages
}

/** Everything that a search finds, in its order. */
export const findAll = async (
  search: DeliverySearch,
  filter: DeliveryFilter,
  pageSize?: number,
): Promise<string[]> => (await pagesOf(search, filter, pageSize)).flat()
