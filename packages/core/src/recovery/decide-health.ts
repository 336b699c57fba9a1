import type { RecoveryState } from '../model/recovery-state.ts'
import type { IntegrationStats, IntegrationState } from '../ports/index.ts'

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
 * Derives an integration's health from its recovery and its newest attempts. A refusal is no sign of illness: a system
 * that refuses works.
 */
export const decideHealth = ({ state, stats }: Known): Health => {
  const { recovery, paused } = state
  const { lastSuccessAt = 0, lastPassingFailureAt = 0, counts } = stats
  if (paused) return 'paused'
  if (isDown(recovery, lastSuccessAt)) return 'down'
  if (counts.parked > 0 && lastSuccessAt >= lastPassingFailureAt && lastSuccessAt > 0) return 'recovering'
  return lastPassingFailureAt > lastSuccessAt ? 'failing' : 'healthy'
}
