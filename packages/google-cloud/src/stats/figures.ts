import type { FailureGroup, Figures, IntegrationFigures } from '@mensageria/core'
import type { DocumentReference, Firestore } from '@google-cloud/firestore'
import type { Connection } from '../firestore/connect-firestore.ts'
import type { DayTotals } from './day-totals.ts'
import { jsonOf } from '../firestore/fields.ts'

/** What was counted in one snapshot: everything, and each integration with its failure groups. */
export type CountedFigures = {
  asOf: number
  accepted: number
  openEvents: number
  integrations: Record<string, { owed: number; figures: IntegrationFigures; groups: FailureGroup[] }>
  /** Absent in what an earlier release has counted. */
  totals?: DayTotals
}

/** Where the last figures are: one document, which one process writes about once a minute. */
export const figuresRef = (firestore: Firestore): DocumentReference => firestore.doc('figures/latest')

// A page asks for every integration and the totals at the same time.
const CACHE_MS = 1_000

const NONE: IntegrationFigures = {
  counts: { waiting: 0, delivering: 0, retrying: 0, parked: 0, rejected: 0, delivered: 0 },
}

/**
 * The figures port: those of the last sweep, one read whatever is stored. `latest` gives all of them; `forget` makes the next
 * question see what this process has counted itself. `monotonic` gives milliseconds that never jump.
 */
export const createFigures = (
  { firestore, within }: Connection,
  integrations: readonly { name: string }[],
  monotonic: () => number = () => performance.now(),
): Figures & { latest: () => Promise<CountedFigures | undefined>; forget: () => void } => {
  let cached: { until: number; figures: Promise<CountedFigures | undefined> } | undefined

  const load = async (): Promise<CountedFigures | undefined> => {
    const found = await within(() => figuresRef(firestore).get())
    return found.exists ? jsonOf<CountedFigures>(found, 'figures') : undefined
  }

  const read = () => {
    if (cached && monotonic() < cached.until) return cached.figures
    const fresh = { until: monotonic() + CACHE_MS, figures: load() }
    cached = fresh
    fresh.figures.catch(() => {
      // A failure is told to those who asked, and not kept.
      if (cached === fresh) cached = undefined
    })
    return fresh.figures
  }

  return {
    latest: read,
    forget: () => {
      cached = undefined
    },
    ofIntegration: async (name) => {
      const known = await read()
      const { figures = NONE } = known?.integrations[name] ?? {}
      return known ? { ...figures, asOf: known.asOf } : figures
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
        ({ name }) => [name, known?.integrations[name]?.figures.counts.waiting ?? 0] as const,
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
