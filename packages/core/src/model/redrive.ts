import type { DeliveryFilter, ShownState } from './delivery-filter.ts'
import type { RecoveryState } from './recovery-state.ts'

/** What a redrive sends: a search whose states are settled. */
export type RedriveFilter = DeliveryFilter & { states: readonly ShownState[] }

/** The part of a redrive that one integration gets: its own window, and its own place in the list of rows. */
export type RedriveLane = {
  integration: string
  window: RecoveryState
  /** Where the next rows begin; absent at the start. */
  cursor?: string
  /** Every row was taken. */
  exhausted: boolean
  /** Centers that were taken and are not settled yet: written before they are sent, so that a crash cannot lose them. */
  sending: readonly string[]
}

/** What a person asked to be sent again, and how far that has got. */
export type Redrive = {
  id: string
  state: 'running' | 'paused' | 'cancelled' | 'done'
  filter: RedriveFilter
  /** Delivered rows are sent again too. */
  force: boolean
  reason: string
  requestedBy: string
  createdAt: number
  ratePerSecond?: number
  rampCap?: number
  /** How many rows it had to send when it began. */
  total: number
  delivered: number
  failed: number
  skipped: number
  lanes: readonly RedriveLane[]
}

/** What somebody asks for; `states` defaults to what waits for a person or for recovery. */
export type RedriveRequest = {
  filter: DeliveryFilter
  reason: string
  requestedBy: string
  force: boolean
  ratePerSecond?: number
  rampCap?: number
}
