import type { RecoveryState } from './recovery-state.ts'

/** Who paused an integration, when (epoch milliseconds) and why. */
export type Pause = { by: string; at: number; reason: string }

/**
 * The place of an integration in the list, as the sweeps have seen it; epoch milliseconds. Two sweepers with different lists
 * may overlap (a deploy, a roll-back), so a sweep that closes events without an integration writes `missingSince` first.
 */
export type Membership = {
  /** When a sweep last changed its place: from then on, for the time that a sweep may last, others may know it otherwise. */
  unsettledAt: number
  /** The `since` with which the list is settling (epoch milliseconds); absent where it has none. */
  from?: number
  /** How much time had passed since at the last look, as the looks have seen it, and when that was; absent before it. */
  passedMs?: number
  lookedAt?: number
  /** Since when the list lacks it; absent while it is in the list. */
  missingSince?: number
  /** Centers accepted from this time on were brought, or have an open event; absent before the first backfill. */
  backfilledSince?: number
  /** The backfill to come brings what a simulator took: a real system has its place. */
  fromSimulator?: true
}

/** The newest attempts fail since `failingSince`; `reportedAt` once people were told. Epoch milliseconds. */
export type Outage = { failingSince: number; reportedAt?: number }

/** Since when a real system is known to get the deliveries (epoch milliseconds): no start may forget it. */
export type RealSystem = { since: number }

/** What is known of an integration between two sweeps. Each part has a writer of its own. */
export type IntegrationState = {
  recovery?: RecoveryState
  paused?: Pause
  membership?: Membership
  outage?: Outage
  real?: RealSystem
}
