import type { DeliveryFilter } from '../model/delivery-filter.ts'
import type { FoundDelivery } from '../model/found-delivery.ts'

export type DeliveryPage = { items: FoundDelivery[]; nextPageToken?: string }

/** Finds deliveries by what people know of them. Every question is answered by an index, in bounded time. */
export type DeliverySearch = {
  /**
   * The pairs that `matches` (search/matches.ts) says the filter means, in the order of `compareFound`: first those whose row
   * answers for the center's version, the newest attempt first; then those that wait, integration by integration in the order
   * of the list, the newest center first. Forward only: a delivery that changes while somebody pages is never shown twice by
   * a clock that does not jump. A page can be short, or empty, although more follow. Gives up its turn between two pages.
   * Throws `InvalidPageTokenError` for a token that no page gave.
   */
  find(filter: DeliveryFilter, page: { pageSize: number; pageToken?: string }): Promise<DeliveryPage>
}
