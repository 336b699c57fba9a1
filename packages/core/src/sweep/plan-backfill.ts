import type { Membership } from '../model/integration-state.ts'
import type { IntegrationSettings } from '../model/settings.ts'
import type { StateCounts } from '../ports/stats.ts'
import { sumOf } from '../stats/counts.ts'

/**
 * A backfill that is still to come: how many centers it brings, about when it begins, seen from `asOf` (epoch milliseconds),
 * how fast at most, and why. `new`: the integration has nothing yet. `real`: a real system takes the place of a simulator. `owed-more`: it is
 * back in the list, or its `since` lies earlier than before.
 */
export type BackfillPlan = {
  integration: string
  count: number
  asOf: number
  beginsAt: number
  ratePerSecond: number
  why: 'new' | 'real' | 'owed-more'
}

/** Whether what the sweeps remember of an integration says that its backfill is still to come. */
export const isBackfillToCome = (
  membership: Membership | undefined,
  { since = 0 }: Pick<IntegrationSettings, 'since'>,
): boolean =>
  membership?.missingSince !== undefined ||
  membership?.backfilledSince === undefined ||
  membership.backfilledSince > since

/** How many deliveries a second a backfill hands over at most. */
export const backfillRate = ({
  recovery,
  ratePerSecondMax = Number.POSITIVE_INFINITY,
}: Pick<IntegrationSettings, 'recovery' | 'ratePerSecondMax'>): number =>
  Math.min(recovery.ratePerSecond, ratePerSecondMax)

/**
 * The backfill that a listed integration is going to get; undefined where none is to come, or nothing waits for it. What is
 * registered while the list settles has an event of its own, and is no older center.
 */
export const planBackfill = (
  membership: Membership | undefined,
  settings: IntegrationSettings,
  { counts, openEvents }: { counts: StateCounts; openEvents: number },
  { now, settleMs }: { now: number; settleMs: number },
): BackfillPlan | undefined => {
  const { missingSince, backfilledSince, from = 0, passedMs = 0 } = membership ?? {}
  const isNoticed = membership !== undefined && missingSince === undefined
  const count = isNoticed ? counts.waiting - openEvents : counts.waiting
  if (count <= 0 || !isBackfillToCome(membership, settings)) return undefined
  // One that is back, or is owed more, has to settle anew.
  const isSettling = isNoticed && backfilledSince === undefined && from === (settings.since ?? 0)
  const settledMs = isSettling ? passedMs : 0
  const whyOther = sumOf(counts) === counts.waiting ? 'new' : 'owed-more'
  return {
    integration: settings.name,
    count,
    asOf: now,
    beginsAt: now + Math.max(0, settleMs - settledMs),
    ratePerSecond: backfillRate(settings),
    why: membership?.fromSimulator ? 'real' : whyOther,
  }
}
