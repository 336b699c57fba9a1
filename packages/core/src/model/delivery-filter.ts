import type { Delivery, FailureKind } from '@mensageria/contracts'

/** A state as people see it: the row's own, or `waiting`. */
export type ShownState = Delivery['state']

/** Which deliveries a search means; what each field says is defined in search/matches.ts. Times are epoch milliseconds. */
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
  /**
   * `owed` (unless given): what the integrations owe. `all`: also centers from before an integration's `since`, which are
   * owed to nobody until a person asks for them.
   */
  scope?: 'owed' | 'all'
}
