import type { Query } from '@google-cloud/firestore'
import type { CenterStore } from '@mensageria/core'
import { centerOf, indexedPrefix, startsWith } from './center-document.ts'
import type { Connection } from '../firestore/connect-firestore.ts'
import { createNewestFirst, pageOf, startOf, type List } from '../firestore/newest-first.ts'

/** Centers, newest first. */
export const CENTERS: List = { collection: 'centers', at: 'createdAt' }

/**
 * Pages of centers, newest first; every filter has an index. A city lies in one state, so with a city the state is only
 * compared; and a search text is compared whole, since the index knows its beginning alone.
 */
export const createCenterList = (connection: Connection): CenterStore['list'] => {
  const list = createNewestFirst(connection, CENTERS)
  return async ({ pageSize, pageToken, state, cityCode, q = '' }) => {
    const narrow = (query: Query): Query => {
      let narrowed = query
      if (cityCode !== undefined) narrowed = narrowed.where('cityCode', '==', cityCode)
      else if (state !== undefined) narrowed = narrowed.where('state', '==', state)
      return q === '' ? narrowed : narrowed.where('prefixes', 'array-contains', indexedPrefix(q))
    }
    const part = await list({
      ...startOf({ pageSize, pageToken }),
      queries: [narrow],
      toItems: (docs) =>
        docs.map((snapshot) => {
          const center = centerOf(snapshot)
          const fits =
            (state === undefined || center.address.state === state) && (q === '' || startsWith(center, q))
          return fits ? center : undefined
        }),
    })
    return pageOf(part)
  }
}
