import type { RecoveryState } from '../model/recovery-state.ts'
import type { IntegrationState } from '../model/integration-state.ts'
import type { IntegrationStats } from '../ports/index.ts'
import { hasHappened } from '../model/believed.ts'
import { isFailing } from '../stats/counts.ts'

/** How an integration is, in one word. */
export type Health = 'healthy' | 'failing' | 'down' | 'recovering' | 'paused'

type Known = {
  state: IntegrationState
  stats: Pick<IntegrationStats, 'newestAttempt' | 'asOf'> & { counts: { parked: number } }
}

// A canary that failed, and nothing delivered since: later successes open the ramp at the next sweep. What was counted before
// that canary cannot know of it.
const isDown = (recovery: RecoveryState | undefined, { newestAttempt, asOf }: Known['stats'], now: number) =>
  recovery?.phase === 'canary' &&
  recovery.gapMs > 0 &&
  (newestAttempt !== 'succeeded' ||
    (asOf !== undefined && asOf < recovery.since && hasHappened(recovery.since, now)))

/**
 * Derives an integration's health from its recovery, its newest attempt and the outage that people were told of. A refusal is
 * no sign of illness: a system that refuses works. What is newest is so by order, so that no jump of the clock hides it.
 */
export const decideHealth = ({ state, stats }: Known, now: number): Health => {
  const { recovery, paused, outage } = state
  const failing = isFailing(stats)
  if (paused) return 'paused'
  if (isDown(recovery, stats, now) || (failing && outage?.reportedAt !== undefined)) return 'down'
  if (stats.counts.parked > 0 && stats.newestAttempt === 'succeeded') return 'recovering'
  return failing ? 'failing' : 'healthy'
}
