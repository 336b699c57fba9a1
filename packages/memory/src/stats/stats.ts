import {
  countByState,
  isOwed,
  NONE_DELIVERED,
  shownState,
  type FoundDelivery,
  type IntegrationStats,
  type StateCounts,
  type Stats,
  type Totals,
  type Unaccounted,
} from '@mensageria/core'
import type { Context, ListedIntegration } from '../context.ts'
import { pairsAt } from '../search/pairs.ts'
import type { Stored } from '../stored.ts'
import { addAttempts, lastHour } from './attempts.ts'
import { failureGroups } from './failure-groups.ts'

const isWaiting = ({ row, centerVersion }: FoundDelivery): boolean =>
  shownState(row, centerVersion) === 'waiting'

/** What an integration owes, from the centers. */
const owedPairs = (stored: Stored, settings: ListedIntegration): FoundDelivery[] =>
  pairsAt(stored, settings.name).filter((found) => isOwed(settings, found))

/** The states, from the rows: a row whose center is lost is in one all the same. Without a row there is only waiting. */
const statesOf = (stored: Stored, settings: ListedIntegration): StateCounts => {
  const rows = [...(stored.rowsOf.get(settings.name)?.values() ?? [])].map(({ row }) => ({
    row,
    centerVersion: stored.centers.get(row.centerId)?.center.version ?? row.version,
  }))
  const missing = owedPairs(stored, settings).filter(({ row }) => row === undefined)
  return countByState([...rows, ...missing])
}

const oldestOf = (pairs: readonly FoundDelivery[]): number | undefined => {
  let oldest: number | undefined
  for (const { row, centerVersion, acceptedAt } of pairs)
    if (shownState(row, centerVersion) !== 'delivered' && (oldest === undefined || acceptedAt < oldest))
      oldest = acceptedAt
  return oldest
}

const ofIntegration = (stored: Stored, settings: ListedIntegration): IntegrationStats => {
  const { deliveredAt: _, ...newest } = stored.newest.get(settings.name) ?? {}
  const oldestUndeliveredAt = oldestOf(owedPairs(stored, settings))
  return {
    counts: statesOf(stored, settings),
    ...newest,
    ...(oldestUndeliveredAt === undefined ? {} : { oldestUndeliveredAt }),
  }
}

const totals = (stored: Stored, integrations: readonly ListedIntegration[]): Totals => ({
  accepted: stored.centers.size,
  openEvents: stored.openEvents.size,
  owed: Object.fromEntries(
    integrations.map((settings) => [settings.name, owedPairs(stored, settings).length]),
  ),
})

/** What waits although nobody has an event of it to hand over. */
const unaccounted = (stored: Stored, integrations: readonly ListedIntegration[]): Unaccounted[] => {
  const open = new Set([...stored.openEvents.values()].map(({ open: { centerId } }) => centerId))
  return integrations.flatMap((settings) => {
    const lost = owedPairs(stored, settings).filter((found) => isWaiting(found) && !open.has(found.centerId))
    return lost.length === 0 ? [] : [{ integration: settings.name, count: lost.length }]
  })
}

/** The stats port. Everything is live, so a count changes nothing. */
export const createStats = ({ stored, asks, integrations }: Context): Stats => ({
  ofIntegration: (name) =>
    asks.run('stats.ofIntegration', () =>
      ofIntegration(stored, integrations.find((one) => one.name === name) ?? { name }),
    ),
  failureGroups: (names) => asks.run('stats.failureGroups', () => failureGroups(stored, names)),
  totals: () => asks.run('stats.totals', () => totals(stored, integrations)),
  ofDay: (day, names) =>
    asks.run('stats.ofDay', () => {
      const { registered = 0, updated = 0, integrations: known } = stored.days.get(day) ?? {}
      const counts = names.map((name) => [name, known?.get(name) ?? NONE_DELIVERED] as const)
      return { registered, updated, integrations: Object.fromEntries(counts) }
    }),
  count: () => asks.run('stats.count', () => unaccounted(stored, integrations)),
  addAttempts: (integration, minutes) =>
    asks.run('stats.addAttempts', () => addAttempts(stored, integration, minutes)),
  lastHour: (names, now) => asks.run('stats.lastHour', () => lastHour(stored, names, now)),
})
