import { defined, describeTarget, isoTime, isoTimeOf, type Integration } from '@mensageria/contracts'
import {
  backfillRate,
  believedStats,
  decideHealth,
  horizonHours,
  planBackfill,
  progressOf,
  type IntegrationSettings,
  type IntegrationState,
  type IntegrationStats,
  type RecoveryState,
  type RedriveWithLanes,
  type StateCounts,
  type Totals,
} from '@mensageria/core'

const recoveryOf = (recovery: RecoveryState): Integration['recovery'] => ({
  phase: recovery.phase,
  window: recovery.phase === 'canary' ? 1 : recovery.window,
  nextAt: isoTime(recovery.nextAt),
})

/** What is known of an integration; `active` are the open redrives. */
export type Known = {
  state: IntegrationState
  stats: IntegrationStats
  active: readonly RedriveWithLanes[]
  totals: Totals
}

type At = { now: number; settleMs: number }

// One that a person has asked for is shown as well: it brings the same centers.
const isBackfillOf = ({ redrive: { filter, state } }: RedriveWithLanes, name: string): boolean => {
  const { integration, states, centerId, q, since, until } = filter
  const isWhole = [centerId, q, since, until].every((part) => part === undefined)
  return integration === name && states.includes('waiting') && isWhole && state !== 'cancelled'
}

const backfillOf = (
  settings: IntegrationSettings,
  { state, active, totals: { openEvents } }: Known,
  counts: StateCounts,
  at: At,
): Integration['backfill'] => {
  const running = active.find((one) => isBackfillOf(one, settings.name))
  if (!running) {
    const plan = planBackfill(state.membership, settings, { counts, openEvents }, at)
    if (!plan) return undefined
    const { count, beginsAt, ratePerSecond } = plan
    return { state: 'planned', count, remaining: count, beginsAt: isoTime(beginsAt), ratePerSecond }
  }
  const { redrive, lanes } = running
  const { total, remaining } = progressOf(redrive, lanes)
  return {
    state: redrive.state === 'paused' ? 'paused' : 'running',
    count: total,
    remaining,
    beginsAt: isoTime(redrive.createdAt),
    ratePerSecond: backfillRate(settings),
    redriveId: redrive.id,
  }
}

const beforeSinceOf = ({ name, since }: IntegrationSettings, totals: Totals): number | undefined => {
  const {
    accepted,
    owed: { [name]: owed = accepted },
  } = totals
  return since === undefined || owed >= accepted ? undefined : accepted - owed
}

/** An integration as the API shows it. Its recovery is shown while there is something to recover. */
export const toIntegration = (settings: IntegrationSettings, known: Known, at: At): Integration => {
  const { name, displayName = name, retry, since, simulated, destination } = settings
  const { state } = known
  const { now } = at
  const stats = believedStats(known.stats, now)
  const health = decideHealth({ state, stats }, now)
  const { paused, recovery } = state
  const { lastFailure } = stats
  const recovers = health === 'down' || health === 'recovering'
  return {
    name,
    displayName,
    kind: destination?.kind ?? 'code',
    health,
    ...(simulated ? { simulated } : {}),
    counts: stats.counts,
    horizonHours: horizonHours(retry),
    asOf: isoTime(stats.asOf ?? now),
    ...defined({
      target: destination && describeTarget(destination),
      oldestUndeliveredAt: isoTimeOf(stats.oldestUndeliveredAt),
      lastSuccessAt: isoTimeOf(stats.lastSuccessAt),
      lastFailureAt: isoTimeOf(stats.lastFailureAt),
      lastFailure: lastFailure && { ...lastFailure, at: isoTime(lastFailure.at) },
      since: isoTimeOf(since),
      beforeSince: beforeSinceOf(settings, known.totals),
      backfill: backfillOf(settings, known, stats.counts, at),
      recovery: recovers && recovery ? recoveryOf(recovery) : undefined,
      paused: paused && { ...paused, at: isoTime(paused.at) },
    }),
  }
}
