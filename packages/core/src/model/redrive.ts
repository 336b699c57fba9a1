import type { DeliveryFilter, ShownState } from './delivery-filter.ts'
import type { RecoveryState } from './recovery-state.ts'

/** How long a redrive that has nothing left to do is kept, from its creation. */
export const REDRIVE_KEPT_MS = 90 * 24 * 3_600_000

/** What a redrive sends: a search whose states are settled. */
export type RedriveFilter = DeliveryFilter & { states: readonly ShownState[] }

/**
 * What a person, or the system, asked to be sent again. Only people and the end of the last lane write it; how far it has
 * got is in its lanes.
 */
export type Redrive = {
  id: string
  state: 'running' | 'paused' | 'cancelled' | 'done'
  /** A sweep has something to do for it: rows to send, or rows to settle. */
  open: boolean
  filter: RedriveFilter
  /** Delivered rows are sent again too. */
  force: boolean
  reason: string
  requestedBy: string
  createdAt: number
  /**
   * Attempts were stored that lie after `createdAt`: the clock was behind then, or had been ahead. No attempt can be held
   * against that time.
   */
  clockWasWrong?: true
  ratePerSecond?: number
  rampCap?: number
  /** How many rows the stats say it has to send, where they can say so; never counted by looking at them. */
  expected?: number
}

/**
 * The part of a redrive that one integration gets: its own window, its own place in the list of rows, its own numbers. Only
 * its runner writes it, so no two integrations wait for each other.
 */
export type RedriveLane = {
  integration: string
  window: RecoveryState
  /** Where the next rows begin; absent at the start. */
  cursor?: string
  /** Every row was taken. */
  exhausted: boolean
  /** Centers that were taken and are not settled yet: written before they are sent, so that a crash cannot lose them. */
  sending: readonly string[]
  delivered: number
  failed: number
  skipped: number
}

/** A redrive with its lanes, in the order in which they were created. */
export type RedriveWithLanes = { redrive: Redrive; lanes: readonly RedriveLane[] }

/** What somebody asks for; `states` defaults to what waits for a person or for recovery. */
export type RedriveRequest = {
  filter: DeliveryFilter
  reason: string
  requestedBy: string
  force: boolean
  ratePerSecond?: number
  rampCap?: number
}
