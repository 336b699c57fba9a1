import type { Delivery } from '@mensageria/contracts'
import { toDelivery, type FoundDelivery, type IntegrationSettings } from '@mensageria/core'

/** A delivery that a search found, as the API shows it; one of an integration that is gone is not shown. */
export const toFoundDelivery = (
  integrations: readonly IntegrationSettings[],
  { integration, centerId, centerVersion, row }: FoundDelivery,
): Delivery[] => {
  const settings = integrations.find(({ name }) => name === integration)
  return settings ? [toDelivery(row, { id: centerId, version: centerVersion }, settings)] : []
}
