import type { FailureKind } from '@mensageria/contracts'
import type { ShownState } from '../model/delivery-filter.ts'
import type { DeliveredBy } from '../model/delivery-row.ts'

/** The failures of one integration that have one cause now; times in epoch milliseconds. */
export type FailureGroup = {
  integration: string
  kind: FailureKind
  cause: string
  count: number
  firstAt: number
  lastAt: number
  sample: { centerId: string; message: string }
}

/** How many deliveries of an integration are in each state, as people see them. */
export type StateCounts = Record<ShownState, number>

/**
 * How an integration stands. What is last and newest is so by the order in which it was written, not by its time: a clock may
 * have jumped between. `newestAttempt` is a success, or a failure that can pass (`isTransient`); `lastFailure` is of any kind.
 * `oldestUndeliveredAt` is when the version of the owed pair was accepted that waits longest, with or without a row.
 */
export type IntegrationStats = {
  counts: StateCounts
  /** When they were counted (epoch milliseconds), in an engine where they are not live. */
  asOf?: number
  oldestUndeliveredAt?: number
  lastSuccessAt?: number
  newestAttempt?: 'succeeded' | 'failed'
  lastFailureAt?: number
  lastFailure?: { kind: FailureKind; cause: string; message: string; at: number }
}

/**
 * Accepted centers, open events, and how many pairs each integration owes. `owed` is counted from the centers, the states
 * from the rows: the two are equal as long as nothing is lost, and can differ when something is.
 */
export type Totals = { accepted: number; openEvents: number; owed: Record<string, number>; asOf?: number }

/** What one day brought: centers that were registered, updates of them, and what was delivered at each integration. */
export type DayCounts = { registered: number; updated: number; integrations: Record<string, DeliveredBy> }

/** How many attempts of one minute had success, and how many had not; `at` is its beginning in epoch milliseconds. */
export type MinuteOfAttempts = { at: number; delivered: number; failed: number }

/** Owed pairs of an integration that wait without an open event: only a backfill brings them. */
export type Unaccounted = { integration: string; count: number }

/** Numbers that are kept up to date by what changes them, and never counted on a request. */
export type Stats = {
  ofIntegration(name: string): Promise<IntegrationStats>
  /** The groups of these integrations; those that fail most come first. Every kind has its place, however many causes another has. */
  failureGroups(integrations: readonly string[]): Promise<FailureGroup[]>
  /** All of one moment. */
  totals(): Promise<Totals>
  /**
   * What happened on a UTC date (`2026-11-24`). An engine that counts from time to time has what happened since its last
   * count before midnight in the day after.
   */
  ofDay(day: string, integrations: readonly string[]): Promise<DayCounts>
  /** Counts what is not live. Resolves with what waits without an open event. */
  count(now: number): Promise<Unaccounted[]>
  /** Adds to what is there. Done twice it counts twice: harmless here, so nobody has to know for sure that it was done. */
  addAttempts(integration: string, minutes: readonly MinuteOfAttempts[]): Promise<void>
  /**
   * Of each integration the minutes that had attempts among the 60 up to that of `now` (epoch milliseconds), oldest first.
   * Earlier ones may be forgotten.
   */
  lastHour(integrations: readonly string[], now: number): Promise<Record<string, MinuteOfAttempts[]>>
}
