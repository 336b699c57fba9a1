import type { DeliveryRow, RowKey } from '../model/delivery-row.ts'
import type { Due } from '../model/due.ts'
import type { RowVersions } from '../model/open-event.ts'
import type { Revision } from './revision.ts'

/**
 * A row as it was read; `ageMs` is the time since its last write by the store's own clock. `ownerGone`: the process that wrote
 * it has ended, so its lease is over, and `ageMs` is the least that the row can be old.
 */
export type ReadRow = { row: DeliveryRow; revision: Revision; ageMs: number; ownerGone?: true }

/**
 * The delivery rows. Compare-and-set only: `create` and `replace` resolve with the new revision when the write is durable,
 * and with undefined when the row exists already or has another revision.
 */
export type Ledger = {
  create(row: DeliveryRow): Promise<Revision | undefined>
  replace(row: DeliveryRow, expected: Revision): Promise<Revision | undefined>
  read(key: RowKey): Promise<ReadRow | undefined>
  /** All rows of one center, in no order. */
  ofCenter(centerId: string): Promise<DeliveryRow[]>
  /** The versions of the rows of these centers, by center id. */
  versions(centerIds: readonly string[]): Promise<Record<string, RowVersions>>
  /** Whether any open row of these integrations is due: the one question of an idle sweep. */
  hasDue(integrations: readonly string[], due: Due): Promise<boolean>
  /** Open rows of an integration that are due, longest due first; those planned later than can be come last. */
  due(integration: string, due: Due, limit: number): Promise<ReadRow[]>
  /** The integrations that have open rows, whether or not they are in the list. */
  integrationsWithOpenRows(): Promise<string[]>
  /** Rows of an integration that a simulator has settled (`isSettledBySimulator`), at most `limit` of them, in no order. */
  simulated(integration: string, limit: number): Promise<ReadRow[]>
  /** When this integration last had a success, as far as the engine knows. It may lag. */
  lastDeliveredAt(integration: string): Promise<number | undefined>
}
