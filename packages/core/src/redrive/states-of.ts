import type { RedriveFilter } from '../model/redrive.ts'
import type { DeliverySearch, StateCounts, Stats } from '../ports/index.ts'
import { shownState } from '../search/matches.ts'
import { emptyCounts, SHOWN_STATES } from '../stats/counts.ts'

export type StatesOfDeps = {
  search: DeliverySearch
  stats: Pick<Stats, 'ofIntegration' | 'totals'>
  integrations: readonly string[]
}

/** In which states the deliveries are that a filter means, whatever states it names; `beforeSince` are owed to nobody. */
export type StatesOf = { stateCounts: StateCounts; beforeSince: number }

const PAGE_SIZE = 200
const PAGES_MAX = 5

const namesOf = ({ integration }: RedriveFilter, integrations: readonly string[]): readonly string[] =>
  integration === undefined ? integrations : [integration]

/** What the counts by state say of a filter by integration and state alone; undefined where it names anything else. */
export const countedStates = async (
  filter: RedriveFilter,
  { stats, integrations }: Pick<StatesOfDeps, 'stats' | 'integrations'>,
): Promise<StateCounts | undefined> => {
  const { centerId, kind, cause, q, since, until } = filter
  if ([centerId, kind, cause, q, since, until].some((part) => part !== undefined)) return undefined
  const counted = await Promise.all(namesOf(filter, integrations).map((name) => stats.ofIntegration(name)))
  const sums = emptyCounts()
  for (const { counts } of counted) for (const state of SHOWN_STATES) sums[state] += counts[state]
  return sums
}

// Of a filter by anything else the first thousand are looked at: it is said to people who found nothing.
const searchedStates = async (filter: RedriveFilter, search: DeliverySearch): Promise<StateCounts> => {
  const counts = emptyCounts()
  // Somebody who names a center means it, however old it is.
  const scope = filter.centerId === undefined ? 'owed' : 'all'
  let pageToken: string | undefined
  for (let page = 0; page < PAGES_MAX; page++) {
    const position = { pageSize: PAGE_SIZE, ...(pageToken === undefined ? {} : { pageToken }) }
    const found = await search.find({ ...filter, states: SHOWN_STATES, scope }, position)
    for (const { row, centerVersion } of found.items) counts[shownState(row, centerVersion)] += 1
    pageToken = found.nextPageToken
    if (pageToken === undefined) break
  }
  return counts
}

/** Says in which states the deliveries are that a filter means: what a redrive that finds nothing has to say. */
export const statesOf = async (filter: RedriveFilter, deps: StatesOfDeps): Promise<StatesOf> => {
  const counted = await countedStates(filter, deps)
  if (!counted) return { stateCounts: await searchedStates(filter, deps.search), beforeSince: 0 }
  const { accepted, owed } = await deps.stats.totals()
  const notOwed = namesOf(filter, deps.integrations).map((name) =>
    Math.max(0, accepted - (owed[name] ?? accepted)),
  )
  return { stateCounts: counted, beforeSince: notOwed.reduce((sum, n) => sum + n, 0) }
}
