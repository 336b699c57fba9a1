import { defined, isoTime, isoTimeOf, type Integration } from '@mensageria/contracts'
import {
  believedStats,
  decideHealth,
  horizonHours,
  type IntegrationSettings,
  type IntegrationState,
  type IntegrationStats,
  type RecoveryState,
} from '@mensageria/core'

const recoveryOf = (recovery: RecoveryState): Integration['recovery'] => ({
  phase: recovery.phase,
  window: recovery.phase === 'canary' ? 1 : recovery.window,
  nextAt: isoTime(recovery.nextAt),
})

/** An integration as the API shows it. Its recovery is shown while there is something to recover. */
export const toIntegration = (
  { name, retry, since, simulated }: IntegrationSettings,
  state: IntegrationState,
  counted: IntegrationStats,
  now: number,
): Integration => {
  const stats = believedStats(counted, now)
  const health = decideHealth({ state, stats }, now)
  const { paused, recovery } = state
  const { lastFailure } = stats
  const recovers = health === 'down' || health === 'recovering'
  return {
    name,
    health,
    ...(simulated ? { simulated } : {}),
    counts: stats.counts,
    horizonHours: horizonHours(retry),
    asOf: isoTime(stats.asOf ?? now),
    ...defined({
      oldestUndeliveredAt: isoTimeOf(stats.oldestUndeliveredAt),
      lastSuccessAt: isoTimeOf(stats.lastSuccessAt),
      lastFailureAt: isoTimeOf(stats.lastFailureAt),
      lastFailure: lastFailure && { ...lastFailure, at: isoTime(lastFailure.at) },
      since: isoTimeOf(since),
      recovery: recovers && recovery ? recoveryOf(recovery) : undefined,
      paused: paused && { ...paused, at: isoTime(paused.at) },
    }),
  }
}
