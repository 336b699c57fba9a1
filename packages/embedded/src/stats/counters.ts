import { emptyCounts, SHOWN_STATES, type ShownState, type StateCounts } from '@mensageria/core'
import type { DatabaseSync } from 'node:sqlite'
import { numberOf, textOf } from '../database/columns.ts'

/** Reads the counters that triggers keep; without an integration those of the whole. */
export const createCounters = (db: DatabaseSync) => {
  const one = db.prepare('SELECT n FROM counters WHERE name = ? AND integration = ?')
  const byIntegration = db.prepare(`SELECT integration, since, n FROM counters WHERE name = 'owed'`)

  const of = (name: ShownState | 'accepted' | 'openEvents', integration = ''): number => {
    const found = one.get(name, integration)
    return found ? numberOf(found, 'n') : 0
  }

  return {
    of,
    states: (integration: string): StateCounts => {
      const counts = emptyCounts()
      for (const state of SHOWN_STATES) counts[state] = of(state, integration)
      return counts
    },
    /** The integrations that are counted for, with what each owes; without a `since` that is every accepted center. */
    owed: (): { integration: string; since: number | undefined; n: number }[] => {
      const accepted = of('accepted')
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
