import type { ShownState } from '../model/delivery-filter.ts'
import type { DeliveredBy } from '../model/delivery-row.ts'
import type { FailureKind } from '@mensageria/contracts'

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

/** The newest things that happened at an integration; `lastFailure` of any kind, `lastPassingFailureAt` without refusals. */
export type IntegrationStats = {
  counts: StateCounts
  /** When they were counted (epoch milliseconds), in an engine where they are not live. */
  asOf?: number
  oldestUndeliveredAt?: number
  lastSuccessAt?: number
  lastFailureAt?: number
  lastPassingFailureAt?: number
  lastFailure?: { kind: FailureKind; cause: string; message: string; at: number }
}

/** Figures that are kept up to date by what changes them, and never counted on a request. */
export type Stats = {
  ofIntegration(name: string): Promise<IntegrationStats>
  failureGroups(integrations: readonly string[]): Promise<FailureGroup[]>
  /**
   * Accepted centers, events that are not handed over yet, how many deliveries each integration owes in all, and how many of
   * them wait: all of one moment.
   */
  totals(): Promise<{
    accepted: number
    openEvents: number
    owed: Record<string, number>
    waiting: Record<string, number>
    asOf?: number
  }>
}

/** What one day brought: centers that were registered, updates of them, and the tally of each integration. */
export type DayCounts = { registered: number; updated: number; integrations: Record<string, DeliveredBy> }

/**
 * What happened on each day, never counted on a request. A day is a UTC date (`2026-11-24`). An engine that counts from time
 * to time has what happened since its last count before midnight in the day after.
 */
export type DailyStats = { ofDay(day: string, integrations: readonly string[]): Promise<DayCounts> }

/** How many attempts of one minute had success, and how many had not; `at` is its beginning in epoch milliseconds. */
export type MinuteOfAttempts = { at: number; delivered: number; failed: number }

/** The attempts of each integration by minute: for a picture of the last hour. What counts for good is in the ledger. */
export type AttemptCounts = {
  /** Adds to what is there. Done twice it counts twice: harmless here, so nobody has to know for sure that it was done. */
  add(integration: string, minutes: readonly MinuteOfAttempts[]): Promise<void>
  /**
   * Of each integration the minutes that had attempts among the 60 up to that of `now` (epoch milliseconds), oldest first.
   * Earlier ones may be forgotten.
   */
  lastHour(integrations: readonly string[], now: number): Promise<Record<string, MinuteOfAttempts[]>>
}
