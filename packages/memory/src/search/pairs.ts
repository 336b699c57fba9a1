import type { FoundDelivery } from '@mensageria/core'
import type { CenterEntry, RowEntry, Stored } from '../stored.ts'

/** A pair as the definitions see it. */
export const pairOf = (
  integration: string,
  center: CenterEntry,
  entry: RowEntry | undefined,
): FoundDelivery => ({
  integration,
  centerId: center.center.id,
  centerVersion: center.center.version,
  createdAt: center.createdAt,
  acceptedAt: center.acceptedAt,
  row: entry?.row,
})

/** Every center at one integration, or the one with this id. */
export const pairsAt = (
  { centers, rowsOf }: Pick<Stored, 'centers' | 'rowsOf'>,
  integration: string,
  centerId?: string,
): FoundDelivery[] => {
  const ofIntegration = rowsOf.get(integration)
  if (centerId !== undefined) {
    const center = centers.get(centerId)
    return center ? [pairOf(integration, center, ofIntegration?.get(centerId))] : []
  }
  const pairs: FoundDelivery[] = []
  for (const [id, center] of centers) pairs.push(pairOf(integration, center, ofIntegration?.get(id)))
  return pairs
}
