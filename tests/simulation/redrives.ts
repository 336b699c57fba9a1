import {
  isActive,
  shownState,
  type DeliverySearch,
  type FoundDelivery,
  type IntegrationSettings,
  type RedriveStore,
} from '@mensageria/core'
import type { Run } from './faults.ts'
import type { Stored } from './stores.ts'

/** The redrives, as one run of a worker sees them. */
export const createRedrives = ({ redrives }: Stored, run: Run): RedriveStore => ({
  create: (redrive) =>
    run.step(() => {
      if (redrives.has(redrive.id)) return undefined
      redrives.set(redrive.id, { redrive, revision: '1' })
      return '1'
    }),
  read: (id) => run.step(() => redrives.get(id)),
  update: (redrive, expected) =>
    run.step(() => {
      if (redrives.get(redrive.id)?.revision !== expected) return undefined
      const revision = String(Number(expected) + 1)
      redrives.set(redrive.id, { redrive, revision })
      return revision
    }),
  active: () => run.step(() => [...redrives.values()].map(({ redrive }) => redrive).filter(isActive)),
  list: () => Promise.reject(new Error('Nobody lists here')),
})

/** Every delivery there is, in the order of the centers; a token is a place in that list. */
export const createSearch = (
  { centers, rows }: Stored,
  run: Run,
  settings: readonly IntegrationSettings[],
): DeliverySearch => {
  const all = (integration: string | undefined): FoundDelivery[] =>
    [...centers.values()].flatMap(({ center }) =>
      settings
        .filter(({ name }) => integration === undefined || name === integration)
        .map(({ name }) => ({
          integration: name,
          centerId: center.id,
          centerVersion: center.version,
          row: rows.get(`${name}~${center.id}`)?.row,
        })),
    )
  return {
    find: ({ integration, states }, { pageSize, pageToken = '0' }) =>
      run.step(() => {
        const list = all(integration)
        const items: FoundDelivery[] = []
        let place = Number(pageToken)
        for (; place < list.length && items.length < pageSize; place++) {
          const found = list[place]
          if (found && (states?.includes(shownState(found.row, found.centerVersion)) ?? true))
            items.push(found)
        }
        return { items, ...(place < list.length ? { nextPageToken: String(place) } : {}) }
      }),
  }
}
