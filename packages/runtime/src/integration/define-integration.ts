import type { DistributionCenterEvent } from '@mensageria/contracts'
import type { Outcome } from '@mensageria/core'
import { z } from 'zod'
import type { IntegrationContext } from './integration-context.ts'

/** All that the project knows of one downstream system. */
export type IntegrationDefinition<Config> = {
  name: string
  /** Variables of the environment besides its address and its credential. */
  configSchema: z.ZodType<Config>
  deliver(event: DistributionCenterEvent, context: IntegrationContext<Config>): Promise<Outcome>
}

const NO_CONFIG = z.unknown().transform(() => undefined)

/** Defines an integration. `configSchema` is for variables of its own alone; `Config` is inferred from it. */
export function defineIntegration<Config>(
  definition: IntegrationDefinition<Config>,
): IntegrationDefinition<Config>
export function defineIntegration(
  definition: Omit<IntegrationDefinition<undefined>, 'configSchema'>,
): IntegrationDefinition<undefined>
export function defineIntegration(
  definition: Omit<IntegrationDefinition<unknown>, 'configSchema'>,
): IntegrationDefinition<unknown> {
  return { configSchema: NO_CONFIG, ...definition }
}
