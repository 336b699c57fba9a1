import type { Delivery } from '@mensageria/contracts'
import { waitFor } from '@mensageria/testkit/wait-for'
import { deliveriesOf, firstOpen } from './system.ts'

/** Resolves when every delivery of these centers is delivered. */
export const untilDelivered = async (
  url: string,
  centerIds: readonly string[],
  options: { timeoutMs?: number } = {},
): Promise<void> => {
  await waitFor(`every delivery of ${centerIds.length} centers delivered`, () => firstOpen(url, centerIds), {
    ...options,
    until: (open) => open === undefined,
  })
}

/** Resolves when every delivery of these centers to these integrations is delivered. */
export const untilDeliveredTo = async (
  url: string,
  integrations: readonly string[],
  centerIds: readonly string[],
): Promise<void> => {
  await waitFor(
    `${centerIds.length} centers delivered to ${integrations.join(' and ')}`,
    () => firstOpen(url, centerIds, integrations),
    { until: (open) => open === undefined },
  )
}

/** Resolves when a delivery is in this state. */
export const untilState = async (
  url: string,
  centerId: string,
  integration: string,
  state: Delivery['state'],
  options: { timeoutMs?: number } = {},
): Promise<void> => {
  await waitFor(
    `${integration} ${state}, for center ${centerId}`,
    async () => (await deliveriesOf(url, centerId))[integration],
    { ...options, until: (delivery) => delivery?.state === state },
  )
}
