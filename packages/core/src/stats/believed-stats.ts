import { notAfter } from '../model/believed.ts'
import type { FailureGroup, IntegrationStats } from '../ports/index.ts'

const TIMES = ['asOf', 'oldestUndeliveredAt', 'lastSuccessAt', 'lastFailureAt'] as const

/** The stats as people see them: nothing in them lies in the future, whatever clock wrote it (epoch milliseconds). */
export const believedStats = (stats: IntegrationStats, now: number): IntegrationStats => {
  const { lastFailure } = stats
  const times = TIMES.flatMap((name) => {
    const at = stats[name]
    return at === undefined ? [] : [[name, notAfter(at, now)] as const]
  })
  return {
    ...stats,
    ...Object.fromEntries(times),
    ...(lastFailure ? { lastFailure: { ...lastFailure, at: notAfter(lastFailure.at, now) } } : {}),
  }
}

/** The same for a failure group. */
export const believedGroup = (group: FailureGroup, now: number): FailureGroup => ({
  ...group,
  firstAt: notAfter(group.firstAt, now),
  lastAt: notAfter(group.lastAt, now),
})
