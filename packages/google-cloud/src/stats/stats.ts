import {
  NONE_DELIVERED,
  readDeliveredBy,
  type DayCounts,
  type FailureGroup,
  type IntegrationStats,
  type Stats,
} from '@mensageria/core'
import type { DocumentReference, Firestore } from '@google-cloud/firestore'
import type { Connection } from '../firestore/connect-firestore.ts'
import type { DayTotals } from './day-totals.ts'
import { textOf } from '../firestore/fields.ts'

/** What was counted in one snapshot: everything, and each integration with its failure groups. */
export type CountedStats = {
  asOf: number
  accepted: number
  openEvents: number
  integrations: Record<string, { owed: number; stats: IntegrationStats; groups: FailureGroup[] }>
  /** Absent in what an earlier release has counted. */
  totals?: DayTotals
}

const NONE: IntegrationStats = {
  counts: { waiting: 0, delivering: 0, retrying: 0, parked: 0, rejected: 0, delivered: 0 },
}

// As release 0.1 stored it: `figures` for the stats of an integration.
type StoredStats = Omit<CountedStats, 'integrations'> & {
  integrations: Record<
    string,
    Omit<CountedStats['integrations'][string], 'stats'> & {
      stats?: IntegrationStats
      figures?: IntegrationStats
    }
  >
}

const readCounts = (counts: DayCounts): DayCounts => ({
  ...counts,
  integrations: Object.fromEntries(
    Object.entries(counts.integrations).map(([name, deliveredBy]) => [
      name,
      { ...NONE_DELIVERED, ...readDeliveredBy(deliveredBy) },
    ]),
  ),
})

/** The stats that a stored text holds, whichever release counted them. */
export const parseStoredStats = (text: string): CountedStats => {
  const { integrations, totals, ...rest }: StoredStats = JSON.parse(text)
  return {
    ...rest,
    integrations: Object.fromEntries(
      Object.entries(integrations).map(([name, { figures = NONE, stats = figures, ...one }]) => [
        name,
        { ...one, stats },
      ]),
    ),
    ...(totals
      ? { totals: { ...totals, began: readCounts(totals.began), totals: readCounts(totals.totals) } }
      : {}),
  }
}

/** The counts of an ended day that a stored text holds, whichever release counted them. */
export const parseStoredDay = (text: string): DayCounts => readCounts(JSON.parse(text))

/** Where the last figures are: one document, which one process writes about once a minute. */
export const statsRef = (firestore: Firestore): DocumentReference => firestore.doc('figures/latest')

// A page asks for every integration and the totals at the same time.
const CACHE_MS = 1_000

/**
 * The figures port: those of the last sweep, one read whatever is stored. `latest` gives all of them; `forget` makes the next
 * question see what this process has counted itself. `monotonic` gives milliseconds that never jump.
 */
export const createStats = (
  { firestore, within }: Connection,
  integrations: readonly { name: string }[],
  monotonic: () => number = () => performance.now(),
): Stats & { latest: () => Promise<CountedStats | undefined>; forget: () => void } => {
  let cached: { until: number; stats: Promise<CountedStats | undefined> } | undefined

  const load = async (): Promise<CountedStats | undefined> => {
    const found = await within(() => statsRef(firestore).get())
    return found.exists ? parseStoredStats(textOf(found, 'figures')) : undefined
  }

  const read = () => {
    if (cached && monotonic() < cached.until) return cached.stats
    const fresh = { until: monotonic() + CACHE_MS, stats: load() }
    cached = fresh
    fresh.stats.catch(() => {
      // A failure is told to those who asked, and not kept.
      if (cached === fresh) cached = undefined
    })
    return fresh.stats
  }

  return {
    latest: read,
    forget: () => {
      cached = undefined
    },
    ofIntegration: async (name) => {
      const known = await read()
      const { stats = NONE } = known?.integrations[name] ?? {}
      return known ? { ...stats, asOf: known.asOf } : stats
    },
    failureGroups: async (names) => {
      const known = await read()
      const groups = names.flatMap((name) => known?.integrations[name]?.groups ?? [])
      return groups.toSorted((a, b) => b.count - a.count)
    },
    totals: async () => {
      const known = await read()
      const owed = integrations.map(({ name }) => [name, known?.integrations[name]?.owed ?? 0] as const)
      const waiting = integrations.map(
        ({ name }) => [name, known?.integrations[name]?.stats.counts.waiting ?? 0] as const,
      )
      return {
        accepted: known?.accepted ?? 0,
        openEvents: known?.openEvents ?? 0,
        owed: Object.fromEntries(owed),
        waiting: Object.fromEntries(waiting),
        ...(known ? { asOf: known.asOf } : {}),
      }
    },
  }
}
