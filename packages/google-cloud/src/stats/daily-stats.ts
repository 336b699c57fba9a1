import { Timestamp, type DocumentReference, type Firestore } from '@google-cloud/firestore'
import { NONE_DELIVERED, type DailyStats, type DayCounts } from '@mensageria/core'
import type { Connection } from '../firestore/connect-firestore.ts'
import { broughtBy, NOTHING, type DayTotals } from './day-totals.ts'
import { textOf } from '../firestore/fields.ts'
import { parseStoredDay, type CountedStats } from './stats.ts'

// A year and a month more, so that a month can be held against the one of the year before.
const KEPT_MS = 400 * 24 * 3_600_000

/** Where the figures of a day that has ended are: one document, written by the first count of the day after. */
export const dayRef = (firestore: Firestore, day: string): DocumentReference => firestore.doc(`days/${day}`)

/** The fields of the document of a day that has ended. */
export const toDayFields = (ended: DayTotals) => ({
  counts: JSON.stringify(broughtBy(ended)),
  expireAt: Timestamp.fromMillis(Date.parse(ended.day) + KEPT_MS),
})

/**
 * The daily figures port: one read, whatever is stored. The day of the latest count is told from it, so that its numbers are
 * of the same moment as the other figures.
 */
export const createDailyStats = (
  { firestore, within }: Connection,
  latest: () => Promise<Pick<CountedStats, 'totals'> | undefined>,
): DailyStats => {
  const read = async (day: string): Promise<DayCounts> => {
    const totals = (await latest())?.totals
    if (totals?.day === day) return broughtBy(totals)
    const found = await within(() => dayRef(firestore, day).get())
    return found.exists ? parseStoredDay(textOf(found, 'counts')) : NOTHING
  }
  return {
    ofDay: async (day, integrations) => {
      const { registered, updated, integrations: known } = await read(day)
      const tallies = integrations.map((name) => [name, known[name] ?? NONE_DELIVERED] as const)
      return { registered, updated, integrations: Object.fromEntries(tallies) }
    },
  }
}
