import type { Delivery, FailureKind } from '@mensageria/contracts'

/** A state as people see it: the row's own, or `waiting`. */
export type ShownState = Delivery['state']

/** Which deliveries a search means; times are epoch milliseconds of the last attempt, `until` excluded. */
export type DeliveryFilter = {
  integration?: string
  states?: readonly ShownState[]
  kind?: FailureKind
  cause?: string
  centerId?: string
  /** Start of the center's name, code or taxId, folded. */
  q?: string
  since?: number
  until?: number
  /** Also centers from before an integration's time, which wait for nothing unless somebody asks. */
  backfill?: boolean
}
