import type { IntegrationSettings } from '@mensageria/core'
import { ConfigError, DelivererConfig, nearestName } from '@mensageria/runtime'
import { z } from 'zod'

/** Configuration of the process of one destination. */
export const DestinationConfig = DelivererConfig.extend({
  /** The row that this process is for: it gives the service its name, in the log too. */
  DESTINATION: z.string().min(1).describe('the name of a row with a kind in the list of integrations'),
})
export type DestinationConfig = z.output<typeof DestinationConfig>

/** A row with a kind, and where it goes. */
export type DestinationSettings = IntegrationSettings & Required<Pick<IntegrationSettings, 'destination'>>

const isDestination = (settings: IntegrationSettings): settings is DestinationSettings =>
  settings.destination !== undefined

/** The row that DESTINATION names. Throws ConfigError where the list has none of that name, or one by code. */
export const chooseDestination = (
  list: readonly IntegrationSettings[],
  { DESTINATION, INTEGRATIONS_FILE }: Pick<DestinationConfig, 'DESTINATION' | 'INTEGRATIONS_FILE'>,
): DestinationSettings => {
  const row = list.find(({ name }) => name === DESTINATION)
  if (row && isDestination(row)) return row
  if (row)
    throw new ConfigError(
      `DESTINATION names ${DESTINATION}, which has no kind in ${INTEGRATIONS_FILE}: it is an integration by code, with the process services/${DESTINATION}`,
    )
  const names = list.filter(isDestination).map(({ name }) => name)
  const meant = nearestName(DESTINATION, names)
  throw new ConfigError(
    `DESTINATION names ${JSON.stringify(DESTINATION)}, which is no row of ${INTEGRATIONS_FILE}: ` +
      (names.length === 0 ? 'no row there has a kind' : `the rows with a kind are ${names.join(', ')}`) +
      (meant === undefined ? '' : ` (${meant}?)`),
  )
}
