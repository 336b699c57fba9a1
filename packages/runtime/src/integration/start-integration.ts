import { ConfigError } from '../base/config.ts'
import { bindIntegration } from './bind-integration.ts'
import type { IntegrationDefinition } from './define-integration.ts'
import { DelivererConfig, startDeliverer, type OpenLedger } from './start-deliverer.ts'

/**
 * The whole process of one integration by code. Where it cannot start, it says why in a sentence and ends with exit 1: also where
 * its row is that of a destination by configuration.
 */
export const startIntegration = <Definition>(
  definition: IntegrationDefinition<Definition>,
  { openLedger }: { openLedger: OpenLedger },
): Promise<void> => {
  const { name } = definition
  return startDeliverer(name, {
    schema: DelivererConfig,
    openLedger,
    choose: (list, { INTEGRATIONS_FILE }) => {
      const settings = list.find((one) => one.name === name)
      if (!settings) throw new ConfigError(`${INTEGRATIONS_FILE} has no row for ${name}`)
      if (settings.destination)
        throw new ConfigError(
          `The row of ${name} in ${INTEGRATIONS_FILE} has a kind: services/destination delivers it, with DESTINATION=${name}`,
        )
      return settings
    },
    bind: ({ simulated, authentication }, { env, ...options }) =>
      bindIntegration(definition, env, { ...options, simulated, authentication }),
  })
}
