import type { Integration } from '@mensageria/contracts'
import { decideHealth, horizonHours } from '@mensageria/core'
import type { IntegrationStats, IntegrationSettings, IntegrationState } from '@mensageria/core'

const iso = (ms: number): string => new Date(ms).toISOString()

const recoveryOf = ({ recovery }: IntegrationState): Pick<Integration, 'recovery'> =>
  recovery
    ? {
        recovery: {
          phase: recovery.phase,
          window: recovery.phase === 'canary' ? 1 : recovery.window,
          nextAt: iso(recovery.nextAt),
        },
      }
    : {}

const timesOf = ({ oldestUndeliveredAt, lastSuccessAt, lastFailureAt, lastFailure }: IntegrationStats) => ({
  ...(oldestUndeliveredAt === undefined ? {} : { oldestUndeliveredAt: iso(oldestUndeliveredAt) }),
  ...(lastSuccessAt === undefined ? {} : { lastSuccessAt: iso(lastSuccessAt) }),
  ...(lastFailureAt === undefined ? {} : { lastFailureAt: iso(lastFailureAt) }),
  ...(lastFailure === undefined ? {} : { lastFailure: { ...lastFailure, at: iso(lastFailure.at) } }),
})

/** An integration as the API shows it. Its recovery is shown while there is something to recover. */
export const toIntegration = (
  { name, retry, since }: IntegrationSettings,
  state: IntegrationState,
  stats: IntegrationStats,
  now: number,
): Integration => {
  const health = decideHealth({ state, stats })
  const { paused } = state
  return {
    name,
    health,
    counts: stats.counts,
    ...timesOf(stats),
    horizonHours: horizonHours(retry),
    ...(since === undefined ? {} : { since: iso(since) }),
    ...(health === 'down' || health === 'recovering' ? recoveryOf(state) : {}),
    ...(paused ? { paused: { ...paused, at: iso(paused.at) } } : {}),
    asOf: iso(stats.asOf ?? now),
  }
}
