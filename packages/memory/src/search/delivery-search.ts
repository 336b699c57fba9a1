import {
  blankRow,
  compareFound,
  InvalidPageTokenError,
  matches,
  shownState,
  textMatches,
  timeOf,
  type DeliveryFilter,
  type DeliveryPage,
  type DeliverySearch,
  type FoundDelivery,
} from '@mensageria/core'
import type { Context } from '../context.ts'
import { textKeys } from '../intake/center-store.ts'
import { pairsAt } from './pairs.ts'

/** A pair, and the place of its center, which parts it from others of the same time. */
type Placed = { found: FoundDelivery; place: number }

// Virtual clocks give fractions of a millisecond.
const TOKEN = /^([wa])~(\d+(?:\.\d+)?)~(\d+)~(.+)$/s

/**
 * Names a pair's place in the order by what the order compares. It names the integration, not its place in the list: redrives
 * keep tokens, and the list changes under them.
 */
const toToken = ({ found, place }: Placed): string => {
  const waits = shownState(found.row, found.centerVersion) === 'waiting'
  return [waits ? 'w' : 'a', waits ? found.createdAt : timeOf(found), place, found.integration].join('~')
}

/** A pair that stands where the token says. */
const fromToken = (token: string): Placed => {
  const [, kind, at, place, integration] = TOKEN.exec(token) ?? []
  if (integration === undefined) throw new InvalidPageTokenError('No page gave this token')
  const key = { integration, centerId: '' }
  const lastAttemptAt = Number(at)
  const found: FoundDelivery = {
    ...key,
    centerVersion: 1,
    createdAt: Number(at),
    acceptedAt: 0,
    row: kind === 'w' ? undefined : { ...blankRow(key, 1, ''), state: 'rejected', lastAttemptAt },
  }
  return { found, place: Number(place) }
}

/** The delivery search port: the definitions themselves, over every pair there is. */
export const createDeliverySearch = ({ stored, asks, integrations }: Context): DeliverySearch => {
  const names = integrations.map(({ name }) => name)
  const order = compareFound(names)
  const listPlace = ({ integration }: FoundDelivery): number => names.indexOf(integration)
  const compare = (a: Placed, b: Placed): number =>
    order(a.found, b.found) || a.place - b.place || listPlace(a.found) - listPlace(b.found)

  const hasText = (centerId: string, q: string): boolean => {
    const found = stored.centers.get(centerId)
    return found !== undefined && textMatches(textKeys(found.center), q)
  }

  const matching = ({ q, ...filter }: DeliveryFilter): Placed[] =>
    integrations
      .filter(({ name }) => filter.integration === undefined || filter.integration === name)
      .flatMap((settings) =>
        pairsAt(stored, settings.name, filter.centerId).filter(
          (found) => matches(filter, found, settings) && (q === undefined || hasText(found.centerId, q)),
        ),
      )
      .map((found) => ({ found, place: stored.centers.get(found.centerId)?.place ?? 0 }))

  const find = (
    filter: DeliveryFilter,
    { pageSize, pageToken }: { pageSize: number; pageToken?: string },
  ): DeliveryPage => {
    const last = pageToken === undefined ? undefined : fromToken(pageToken)
    const rest = matching(filter)
      .filter((one) => last === undefined || compare(one, last) > 0)
      .toSorted(compare)
    const page = rest.slice(0, pageSize)
    const end = page.at(-1)
    return {
      items: page.map(({ found }) => found),
      ...(end && rest.length > page.length ? { nextPageToken: toToken(end) } : {}),
    }
  }

  return { find: (filter, page) => asks.run('search.find', () => find(filter, page)) }
}
