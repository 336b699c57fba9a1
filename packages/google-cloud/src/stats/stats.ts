import { NONE_DELIVERED, type DayCounts, type Stats } from '@mensageria/core'
import type { Connection } from '../firestore/connect-firestore.ts'
import { textOf } from '../firestore/fields.ts'
import type { SearchedIntegration } from '../search/searched-integration.ts'
import { createAttemptCounts } from './attempt-counts.ts'
import { createCountStats } from './count-stats.ts'
import { broughtBy, NOTHING } from './day-totals.ts'
import {
  dayRef,
  noStats,
  parseStoredDay,
  parseStoredStats,
  statsRef,
  type CountedStats,
} from './stored-stats.ts'

// A page asks for every integration and the totals at the same time.
const CACHE_MS = 1_000

/** The last count, read at most once a second by this process; `forget` makes the next question read anew. */
const createLatest = ({ firestore, run }: Connection, monotonic: () => number) => {
  let cached: { until: number; stats: Promise<CountedStats | undefined> } | undefined

  const load = async (): Promise<CountedStats | undefined> => {
    const found = await run(() => statsRef(firestore).get())
    return found.exists ? parseStoredStats(textOf(found, 'figures')) : undefined
  }

  return {
    read: () => {
      if (cached && monotonic() < cached.until) return cached.stats
      const fresh = { until: monotonic() + CACHE_MS, stats: load() }
      cached = fresh
      fresh.stats.catch(() => {
        // A failure is told to those who asked, and not kept.
        if (cached === fresh) cached = undefined
      })
      return fresh.stats
    },
    forget: () => {
      cached = undefined
    },
  }
}

/**
 * The stats port: what the last count of any process has kept, one read whatever is stored. A day is one read more, unless it
 * is the day of that count: then its numbers are of the same moment. `monotonic` gives milliseconds that never jump.
 */
export const createStats = (
  connection: Connection,
  integrations: readonly SearchedIntegration[],
  monotonic: () => number = () => performance.now(),
): Stats => {
  const { firestore, run } = connection
  const latest = createLatest(connection, monotonic)
  const countStats = createCountStats(connection, integrations)

  const readDay = async (day: string): Promise<DayCounts> => {
    const totals = (await latest.read())?.totals
    if (totals?.day === day) return broughtBy(totals)
    const found = await run(() => dayRef(firestore, day).get())
    return found.exists ? parseStoredDay(textOf(found, 'counts')) : NOTHING
  }

  return {
    ...createAttemptCounts(connection),
    ofIntegration: async (name) => {
      const known = await latest.read()
      const { stats } = known?.integrations[name] ?? { stats: noStats() }
      return known ? { ...stats, asOf: known.asOf } : stats
    },
    failureGroups: async (names) => {
      const known = await latest.read()
      const groups = names.flatMap((name) => known?.integrations[name]?.groups ?? [])
      return groups.toSorted((a, b) => b.count - a.count)
    },
    totals: async () => {
      const known = await latest.read()
      const owed = integrations.map(({ name }) => [name, known?.integrations[name]?.owed ?? 0] as const)
      return {
        accepted: known?.accepted ?? 0,
        openEvents: known?.openEvents ?? 0,
        owed: Object.fromEntries(owed),
        ...(known ? { asOf: known.asOf } : {}),
      }
    },
    ofDay: async (day, names) => {
      const { registered, updated, integrations: known } = await readDay(day)
      const tallies = names.map((name) => [name, known[name] ?? NONE_DELIVERED] as const)
      return { registered, updated, integrations: Object.fromEntries(tallies) }
    },
    count: async (now) => {
      const unaccounted = await countStats(now)
      latest.forget()
      return unaccounted
    },
  }
}
