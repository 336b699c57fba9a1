import { NONE_DELIVERED } from '../model/delivery-row.ts'
import type { Clock, DayCounts, IntegrationStats, StateCounts, Stats, Totals } from '../ports/index.ts'
import { notAfter } from '../model/believed.ts'
import { believedStats } from './believed-stats.ts'
import { isBalanced } from './counts.ts'

/** What one integration got on the day, and what it owes now; times in epoch milliseconds. */
export type IntegrationReport = {
  name: string
  delivered: number
  /** Of the delivered: those that the sweeper handed over because nobody had taken them up, or brought back, or a person. */
  reconciled: number
  recovered: number
  redriven: number
  superseded: number
  /** Every delivery of now in exactly one state, and how many there must be; each is counted by itself. */
  states: StateCounts
  owed: number
  oldestOpenAt?: number
}

/** One day (UTC) in numbers, with the state of now. */
export type DailyReport = {
  day: string
  asOf: number
  registered: number
  updated: number
  accepted: number
  openEvents: number
  integrations: IntegrationReport[]
  /** Whether the states of every integration add up to what it owes. */
  balanced: boolean
}

export type ReportParts = {
  day: string
  asOf: number
  counts: DayCounts
  totals: Totals
  stats: readonly { name: string; stats: Pick<IntegrationStats, 'counts' | 'oldestUndeliveredAt'> }[]
}

/** The UTC day of a time in epoch milliseconds. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** Puts the counts of a day and the state of now together. */
export const toDailyReport = ({ day, asOf, counts, totals, stats }: ReportParts): DailyReport => {
  const integrations = stats.map(({ name, stats: { counts: states, oldestUndeliveredAt } }) => {
    const { push, recovery, reconcile, redrive, superseded } = counts.integrations[name] ?? NONE_DELIVERED
    return {
      name,
      delivered: push + recovery + reconcile + redrive,
      reconciled: reconcile,
      recovered: recovery,
      redriven: redrive,
      superseded,
      states,
      owed: totals.owed[name] ?? 0,
      ...(oldestUndeliveredAt === undefined ? {} : { oldestOpenAt: oldestUndeliveredAt }),
    }
  })
  const { registered, updated } = counts
  const { accepted, openEvents } = totals
  const balanced = isBalanced(integrations.map(({ states, owed: n }) => ({ counts: states, owed: n })))
  return { day, asOf, registered, updated, accepted, openEvents, integrations, balanced }
}

export type DailyReportDeps = {
  stats: Pick<Stats, 'totals' | 'ofIntegration' | 'ofDay'>
  clock: Pick<Clock, 'now'>
  integrations: readonly { name: string }[]
}

/** Reports a day, today unless said. */
export const createDailyReport = ({ stats, clock, integrations }: DailyReportDeps) => {
  const names = integrations.map(({ name }) => name)
  return async (day?: string): Promise<DailyReport> => {
    const now = clock.now()
    const asked = day ?? dayOf(now)
    // Begun together: what is read at one moment adds up.
    const [counts, totals, ...known] = await Promise.all([
      stats.ofDay(asked, names),
      stats.totals(),
      ...names.map((name) => stats.ofIntegration(name)),
    ])
    const found = names.flatMap((name, index) => {
      const of = known[index]
      return of ? [{ name, stats: believedStats(of, now) }] : []
    })
    return toDailyReport({
      day: asked,
      asOf: notAfter(totals.asOf ?? now, now),
      counts,
      totals,
      stats: found,
    })
  }
}

export type ReportDaily = ReturnType<typeof createDailyReport>
