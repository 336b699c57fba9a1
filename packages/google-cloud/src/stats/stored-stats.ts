import { Timestamp, type DocumentReference, type Firestore } from '@google-cloud/firestore'
import {
  emptyCounts,
  NONE_DELIVERED,
  readDeliveredBy,
  type DayCounts,
  type FailureGroup,
  type IntegrationStats,
} from '@mensageria/core'
import { broughtBy, type DayTotals } from './day-totals.ts'
import type { OlderCenters } from './count-older-centers.ts'
import type { OldestSearch } from './find-forgotten.ts'

/** The stats of an integration, and what decides its newest attempt at the next count. */
export type CountedFigures = IntegrationStats & { lastPassingFailureAt?: number }

/** What one count knows of an integration; the last two say where the next one goes on. */
export type CountedIntegration = {
  owed: number
  stats: CountedFigures
  groups: FailureGroup[]
  older?: OlderCenters
  oldest?: OldestSearch
}

/** What was counted in one snapshot: everything, and each integration with its failure groups. */
export type CountedStats = {
  asOf: number
  accepted: number
  openEvents: number
  integrations: Record<string, CountedIntegration>
  /** Absent in what an earlier release has counted. */
  totals?: DayTotals
}

/** The stats of an integration before its first count. */
export const noStats = (): CountedFigures => ({ counts: emptyCounts() })

// As release 0.1 stored it: `figures` for the stats of an integration.
type StoredStats = Omit<CountedStats, 'integrations'> & {
  integrations: Record<
    string,
    Omit<CountedIntegration, 'stats'> & { stats?: CountedFigures; figures?: CountedFigures }
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
      Object.entries(integrations).map(([name, { figures = noStats(), stats = figures, ...one }]) => [
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

/** Where the last stats are: one document, which one process writes about once a minute. `figures` is its name since 0.1. */
export const statsRef = (firestore: Firestore): DocumentReference => firestore.doc('figures/latest')

// A year and a month more, so that a month can be held against the one of the year before.
const KEPT_MS = 400 * 24 * 3_600_000

/** Where the counts of a day that has ended are: one document, written by the first count of the day after. */
export const dayRef = (firestore: Firestore, day: string): DocumentReference => firestore.doc(`days/${day}`)

/** The fields of the document of a day that has ended. */
export const toDayFields = (ended: DayTotals) => ({
  counts: JSON.stringify(broughtBy(ended)),
  expireAt: Timestamp.fromMillis(Date.parse(ended.day) + KEPT_MS),
})
