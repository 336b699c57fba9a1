import { emptyCounts, SHOWN_STATES, type ShownState, type StateCounts } from '@mensageria/core'
import type { DatabaseSync } from 'node:sqlite'
import { numberOf, textOf } from '../database/columns.ts'

// How many, and when it last grew (epoch milliseconds; 0 for never).
type Counter = { n: number; lastAt: number }

/** Reads the counters that triggers keep; without an integration those of the whole. */
export const createCounters = (db: DatabaseSync) => {
  const one = db.prepare('SELECT n, last_at FROM counters WHERE name = ? AND integration = ?')
  const byIntegration = db.prepare(`SELECT integration, since, n FROM counters WHERE name = 'owed'`)

  const of = (name: ShownState | 'accepted' | 'openEvents', integration = ''): Counter => {
    const found = one.get(name, integration)
    return { n: found ? numberOf(found, 'n') : 0, lastAt: found ? numberOf(found, 'last_at') : 0 }
  }

  return {
    of,
    states: (integration: string): StateCounts => {
      const counts = emptyCounts()
      for (const state of SHOWN_STATES) counts[state] = of(state, integration).n
      return counts
    },
    /** The integrations that are counted for, with what each owes; without a `since` that is every accepted center. */
    owed: (): { integration: string; since: number | undefined; n: number }[] => {
      const accepted = of('accepted').n
      return byIntegration.all().map((row) => {
        const since = textOf(row, 'since')
        return {
          integration: textOf(row, 'integration'),
          since: since === '' ? undefined : Number(since),
          n: since === '' ? accepted : numberOf(row, 'n'),
        }
      })
    },
  }
}

export type Counters = ReturnType<typeof createCounters>
