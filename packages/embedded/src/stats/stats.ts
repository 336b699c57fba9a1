import type { IntegrationStats, Stats } from '@mensageria/core'
import type { DatabaseSync } from 'node:sqlite'
import type { GroupCommit } from '../database/group-commit.ts'
import { createAttemptMinutes } from './attempt-minutes.ts'
import { createCounters } from './counters.ts'
import { createDayCounts } from './day-counts.ts'
import { createFailureGroups } from './failure-groups.ts'
import { createNewestAttempts } from './newest-attempts.ts'
import { createOldestUndelivered } from './oldest-undelivered.ts'
import { createUnaccounted } from './unaccounted.ts'

/** The stats port over the counters, failure groups and days, which triggers keep in the commits that change them. */
export const createStats = (
  db: DatabaseSync,
  { read, write }: Pick<GroupCommit, 'read' | 'write'>,
): Stats => {
  const counters = createCounters(db)
  const failures = createFailureGroups(db)
  const oldestUndelivered = createOldestUndelivered(db)
  const unaccounted = createUnaccounted(db, counters)
  const newestAttempt = createNewestAttempts(db, failures)
  const dayCounts = createDayCounts(db)
  const attempts = createAttemptMinutes(db)

  const ofIntegration = (name: string): IntegrationStats => {
    const counts = counters.states(name)
    const { since = 0 } = counters.owed().find(({ integration }) => integration === name) ?? {}
    const oldestUndeliveredAt = oldestUndelivered(name, since, counts.waiting)
    return {
      counts,
      ...(oldestUndeliveredAt === undefined ? {} : { oldestUndeliveredAt }),
      ...newestAttempt(name),
    }
  }

  return {
    ofIntegration: (name) => read(() => ofIntegration(name)),
    failureGroups: (integrations) =>
      read(() => integrations.flatMap(failures.groups).toSorted((a, b) => b.count - a.count)),
    totals: () =>
      read(() => ({
        accepted: counters.of('accepted'),
        openEvents: counters.of('openEvents'),
        owed: Object.fromEntries(counters.owed().map(({ integration, n }) => [integration, n])),
      })),
    ofDay: (day, integrations) => read(() => dayCounts(day, integrations)),
    // Everything else is live.
    count: unaccounted,
    addAttempts: (integration, minutes) => write(() => attempts.addNow(integration, minutes)),
    lastHour: (integrations, now) => read(() => attempts.lastHour(integrations, now)),
  }
}
