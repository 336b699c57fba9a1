import type { DeliveryFilter } from '../model/delivery-filter.ts'
import type { DeliveryRow } from '../model/delivery-row.ts'

/** A delivery that a search found; without a row nothing has happened yet. */
export type FoundDelivery = {
  integration: string
  centerId: string
  centerVersion: number
  row: DeliveryRow | undefined
}

export type DeliveryPage = { items: FoundDelivery[]; nextPageToken?: string }

/** Finds deliveries by what people know of them. Every question is answered by an index, in bounded time. */
export type DeliverySearch = {
  /**
   * Newest first, forward only: a delivery that changes while somebody pages is never shown twice. A page can be short, or
   * empty, although more follow. Throws `InvalidPageTokenError` for a token that no page gave.
   */
  find(filter: DeliveryFilter, page: { pageSize: number; pageToken?: string }): Promise<DeliveryPage>
}
