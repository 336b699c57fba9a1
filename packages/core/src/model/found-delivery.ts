import type { DeliveryRow } from './delivery-row.ts'

/**
 * One center at one integration; without a row nothing has happened yet. `createdAt` is when the center was accepted,
 * `acceptedAt` when its current version was (epoch milliseconds).
 */
export type FoundDelivery = {
  integration: string
  centerId: string
  centerVersion: number
  createdAt: number
  acceptedAt: number
  row: DeliveryRow | undefined
}
