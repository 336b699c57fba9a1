import type { Query, Transaction } from '@google-cloud/firestore'
import { dayOf } from '@mensageria/core'
import type { Connection } from '../firestore/connect-firestore.ts'
import { countIntegration } from './count-integration.ts'
import { dayRef, toDayFields } from './daily-stats.ts'
import { nextTotals } from './day-totals.ts'
import { textOf } from '../firestore/fields.ts'
import { parseStoredStats, statsRef, type CountedStats } from './stats.ts'
import type { SearchedIntegration } from '../search/find-waiting.ts'
import { LIST_SHARDS, shardsOf } from '../firestore/shards.ts'
import { sumCenters, sumTallies } from './sum-totals.ts'
import { walkOpenEvents } from './walk-open-events.ts'

// A count reads 1,000 index entries for the price of one document, and a million in some seconds.
const COUNT_MS = 30_000

/** Centers at an integration that nothing stands for: neither a row nor an open event. */
export type Unaccounted = { integration: string; count: number }

/** Counts everything anew and keeps it for whoever reads; resolves with what is not accounted for. */
export type CountStats = (now: number) => Promise<Unaccounted[]>

const countOf = async (tx: Transaction, query: Query): Promise<number> =>
  (await tx.get(query.count())).data().count

// How many centers are an integration's own.
const ownOf = async (
  tx: Transaction,
  centers: Query,
  { since }: SearchedIntegration,
  accepted: number,
): Promise<number> =>
  since === undefined
    ? accepted
    : countOf(
        tx,
        centers
          .where('listShard', 'in', shardsOf(LIST_SHARDS))
          .where('createdAt', '>=', since)
          .orderBy('createdAt', 'desc'),
      )

/**
 * Counts in one snapshot of the store (a transaction that only reads, which locks nothing), so that the numbers fit each
 * other while everything moves, and writes them as one document; the first count of a day also writes what the day before it
 * has brought.
 */
export const createCountStats = (
  { firestore, within }: Connection,
  integrations: readonly SearchedIntegration[],
): CountStats => {
  const centers = firestore.collection('centers')
  const events = firestore.collection('events')

  const count = async (tx: Transaction, now: number) => {
    const kept = await tx.get(statsRef(firestore))
    const before = kept.exists ? parseStoredStats(textOf(kept, 'figures')) : undefined
    const [{ registered, updated }, openEvents, walk] = await Promise.all([
      sumCenters(tx, firestore),
      countOf(tx, events.where('openShard', '>=', 0).orderBy('openShard').orderBy('dueAt')),
      walkOpenEvents(tx, firestore, integrations),
    ])
    const counted = await Promise.all(
      integrations.map(async (one) => {
        const own = await ownOf(tx, centers, one, registered)
        const known = before?.integrations[one.name] ?? {}
        const [ofIt, tally] = await Promise.all([
          countIntegration(tx, firestore, one, own, walk, known),
          sumTallies(tx, firestore, one.name),
        ])
        return { name: one.name, ...ofIt, tally }
      }),
    )
    const tallies = Object.fromEntries(counted.map(({ name, tally }) => [name, tally]))
    const totals = nextTotals(before, dayOf(now), { registered, updated, integrations: tallies })
    const stats: CountedStats = {
      asOf: now,
      accepted: registered,
      openEvents,
      integrations: Object.fromEntries(
        counted.map(({ name, owed, stats: ofIt, groups }) => [name, { owed, stats: ofIt, groups }]),
      ),
      totals,
    }
    const ended = before?.totals?.day === totals.day ? undefined : before?.totals
    const unaccounted = counted.map(({ name, unaccounted: n }) => ({ integration: name, count: n }))
    return { stats, ended, unaccounted: unaccounted.filter(({ count: n }) => n > 0) }
  }

  return async (now) => {
    const { stats, ended, unaccounted } = await within(
      () => firestore.runTransaction((tx) => count(tx, now), { readOnly: true }),
      COUNT_MS,
    )
    const batch = firestore.batch().set(statsRef(firestore), { figures: JSON.stringify(stats) })
    if (ended) batch.set(dayRef(firestore, ended.day), toDayFields(ended))
    await within(() => batch.commit())
    return unaccounted
  }
}
