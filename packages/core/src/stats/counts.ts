import type { FailureKind } from '@mensageria/contracts'
import type { FoundDelivery } from '../model/found-delivery.ts'
import type { IntegrationStats, StateCounts } from '../ports/stats.ts'
import { shownState } from '../search/matches.ts'

/** No delivery in any state; its names are all states that there are. */
export const emptyCounts = (): StateCounts => ({
  waiting: 0,
  delivering: 0,
  retrying: 0,
  parked: 0,
  rejected: 0,
  delivered: 0,
})

/** Every state that a delivery can be shown in. */
export const SHOWN_STATES = ['waiting', 'delivering', 'retrying', 'parked', 'rejected', 'delivered'] as const

/** Counts pairs by state. */
export const countByState = (pairs: readonly Pick<FoundDelivery, 'row' | 'centerVersion'>[]): StateCounts => {
  const counts = emptyCounts()
  for (const { row, centerVersion } of pairs) counts[shownState(row, centerVersion)] += 1
  return counts
}

/** How many deliveries are counted, in all states together. */
export const sumOf = (counts: StateCounts): number =>
  SHOWN_STATES.reduce((sum, state) => sum + counts[state], 0)

/** Whether every integration's states add up to what it owes; the two are counted apart, so that this can be false. */
export const isBalanced = (integrations: readonly { counts: StateCounts; owed: number }[]): boolean =>
  integrations.every(({ counts, owed }) => sumOf(counts) === owed)

/** Whether a failure of this kind can pass without a person: a refusal does not, and what was not called has not failed. */
export const isTransient = (kind: FailureKind): boolean => kind !== 'rejected' && kind !== 'held'

/** Whether the newest attempts fail: the newest one that says something about the system did. */
export const isFailing = ({ newestAttempt }: Pick<IntegrationStats, 'newestAttempt'>): boolean =>
  newestAttempt === 'failed'
