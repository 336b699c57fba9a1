import type { Query, Transaction } from '@google-cloud/firestore'
import { dayOf, type Unaccounted } from '@mensageria/core'
import type { Connection } from '../firestore/connect-firestore.ts'
import { textOf } from '../firestore/fields.ts'
import type { SearchedIntegration } from '../search/searched-integration.ts'
import { countIntegration } from './count-integration.ts'
import { nextTotals } from './day-totals.ts'
import { dayRef, parseStoredStats, statsRef, toDayFields, type CountedStats } from './stored-stats.ts'
import { sumCenters, sumTallies } from './sum-totals.ts'
import { walkOpenEvents } from './walk-open-events.ts'

// A count reads 1,000 index entries for the price of one document, and a million in some seconds.
const COUNT_MS = 30_000

const countOf = async (tx: Transaction, query: Query): Promise<number> =>
  (await tx.get(query.count())).data().count

/**
 * Counts in one snapshot of the store (a transaction that only reads, which locks nothing), so that the numbers fit each
 * other while everything moves, and writes them as one document; the first count of a day also writes what the day before it
 * has brought. Resolves with what waits without an open event.
 */
export const createCountStats = (
  { firestore, run }: Connection,
  integrations: readonly SearchedIntegration[],
) => {
  const events = firestore.collection('events')

  const count = async (tx: Transaction, now: number) => {
    const kept = await tx.get(statsRef(firestore))
    const before = kept.exists ? parseStoredStats(textOf(kept, 'figures')) : undefined
    const [{ accepted, versions }, openEvents, walk] = await Promise.all([
      sumCenters(tx, firestore),
      countOf(tx, events.where('openShard', '>=', 0).orderBy('openShard').orderBy('dueAt')),
      walkOpenEvents(tx, firestore, integrations),
    ])
    const centers = { accepted, versions, openEvents, walk, now }
    const counted = await Promise.all(
      integrations.map(async (one) => {
        const [{ unaccounted, ...ofIt }, tally] = await Promise.all([
          countIntegration(tx, firestore, one, centers, before?.integrations[one.name] ?? {}),
          sumTallies(tx, firestore, one.name),
        ])
        return { name: one.name, ofIt, unaccounted, tally }
      }),
    )
    const tallies = Object.fromEntries(counted.map(({ name, tally }) => [name, tally]))
    const brought = { registered: accepted, updated: versions - accepted, integrations: tallies }
    const totals = nextTotals(before, dayOf(now), brought)
    const stats: CountedStats = {
      asOf: now,
      accepted,
      openEvents,
      integrations: Object.fromEntries(counted.map(({ name, ofIt }) => [name, ofIt])),
      totals,
    }
    const ended = before?.totals?.day === totals.day ? undefined : before?.totals
    const unaccounted = counted.map(({ name, unaccounted: n }) => ({ integration: name, count: n }))
    return { stats, ended, unaccounted: unaccounted.filter(({ count: n }) => n > 0) }
  }

  return async (now: number): Promise<Unaccounted[]> => {
    const { stats, ended, unaccounted } = await run(
      () => firestore.runTransaction((tx) => count(tx, now), { readOnly: true }),
      COUNT_MS,
    )
    const batch = firestore.batch().set(statsRef(firestore), { figures: JSON.stringify(stats) })
    if (ended) batch.set(dayRef(firestore, ended.day), toDayFields(ended))
    await run(() => batch.commit())
    return unaccounted
  }
}
