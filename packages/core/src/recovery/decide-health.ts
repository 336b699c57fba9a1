import type { RecoveryState } from '../model/recovery-state.ts'
import type { IntegrationState } from '../model/integration-state.ts'
import type { IntegrationStats } from '../ports/index.ts'
import { isFailing } from '../stats/counts.ts'

/** How an integration is, in one word. */
export type Health = 'healthy' | 'failing' | 'down' | 'recovering' | 'paused'

type Known = {
  state: IntegrationState
  stats: Pick<IntegrationStats, 'lastSuccessAt' | 'lastPassingFailureAt'> & { counts: { parked: number } }
}

// A canary that failed, and nothing delivered since: later successes open the ramp at the next sweep.
const isDown = (recovery: RecoveryState | undefined, lastSuccessAt: number): boolean =>
  recovery?.phase === 'canary' && recovery.gapMs > 0 && lastSuccessAt <= recovery.since

/**
 * Derives an integration's health from its recovery, its newest attempts and the outage that people were told of. A refusal is no sign of illness: a system
 * that refuses works.
 */
export const decideHealth = ({ state, stats }: Known): Health => {
  const { recovery, paused, outage } = state
  const { lastSuccessAt = 0, counts } = stats
  const failing = isFailing(stats)
  if (paused) return 'paused'
  if (isDown(recovery, lastSuccessAt) || (failing && outage?.reportedAt !== undefined)) return 'down'
  if (counts.parked > 0 && !failing && lastSuccessAt > 0) return 'recovering'
  return failing ? 'failing' : 'healthy'
}
