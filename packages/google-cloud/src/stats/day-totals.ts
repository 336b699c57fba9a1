import { NONE_DELIVERED, type DayCounts, type DeliveredBy } from '@mensageria/core'

/** What only grows, as it was counted last, and as it was when the day of that count began. */
export type DayTotals = { day: string; began: DayCounts; totals: DayCounts }

/** The counts of a day on which nothing happened. */
export const NOTHING: DayCounts = { registered: 0, updated: 0, integrations: {} }

/**
 * The totals of a count after those of the count before it. A day begins with the last totals before it; the first one of a
 * store that has been counted by an earlier release, without totals, begins with its own.
 */
export const nextTotals = (
  before: { totals?: DayTotals } | undefined,
  day: string,
  counted: DayCounts,
): DayTotals => {
  const last = before?.totals
  // One that was taken from the list is not counted, but it may come back.
  const integrations = { ...last?.totals.integrations, ...counted.integrations }
  const totals = { ...counted, integrations }
  if (last) return { day, began: last.day === day ? last.began : last.totals, totals }
  return { day, began: before ? totals : NOTHING, totals }
}

// Nothing takes away from a total but a person who deletes documents: then the day says 0.
const more = (now: number, then: number): number => Math.max(0, now - then)

const moreOf = (now: DeliveredBy, then: Readonly<DeliveredBy> = NONE_DELIVERED): DeliveredBy => ({
  push: more(now.push, then.push),
  recovery: more(now.recovery, then.recovery),
  reconcile: more(now.reconcile, then.reconcile),
  redrive: more(now.redrive, then.redrive),
  superseded: more(now.superseded, then.superseded),
})

/** What the day has brought so far. */
export const broughtBy = ({ began, totals }: DayTotals): DayCounts => ({
  registered: more(totals.registered, began.registered),
  updated: more(totals.updated, began.updated),
  integrations: Object.fromEntries(
    Object.entries(totals.integrations).map(([name, tally]) => [
      name,
      moreOf(tally, began.integrations[name]),
    ]),
  ),
})
