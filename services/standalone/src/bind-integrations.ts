import type { IntegrationSettings } from '@mensageria/core'
import { bindDestination } from '@mensageria/destinations'
import {
  bindIntegration,
  ConfigError,
  connectionsMaxOf,
  type BoundIntegration,
  type Env,
  type IntegrationDefinition,
  type Logger,
  type Tracer,
} from '@mensageria/runtime'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

type Observers = { logger: Logger; tracer?: Tracer }

const SERVICES = join(import.meta.dirname, '../..')

const isDefinition = (value: unknown, name: string): value is IntegrationDefinition<unknown> =>
  typeof value === 'object' && value !== null && 'deliver' in value && 'name' in value && value.name === name

// By its folder, so that a new integration is a folder and a row of the list, and nothing here.
const loadDefinition = async (name: string): Promise<IntegrationDefinition<unknown>> => {
  const path = join(SERVICES, name, 'src/integration.ts')
  if (!existsSync(path)) {
    throw new ConfigError(
      `The list of integrations names ${name}, but there is no services/${name}/src/integration.ts`,
    )
  }
  const exported: Record<string, unknown> = await import(path)
  const definition = Object.values(exported).find((value) => isDefinition(value, name))
  if (!isDefinition(definition, name)) {
    throw new ConfigError(`services/${name}/src/integration.ts exports no integration that is named ${name}`)
  }
  return definition
}

/** Binds each integration of the list to its downstream. Throws ConfigError for one that has no code or no address. */
export const bindIntegrations = (
  integrations: readonly IntegrationSettings[],
  env: Env,
  observers: Observers,
) =>
  Promise.all(
    integrations.map(
      async (settings): Promise<{ settings: IntegrationSettings; integration: BoundIntegration }> => {
        const { name, simulated, destination, authentication } = settings
        const options = { connectionsMax: connectionsMaxOf(settings), ...observers }
        if (destination)
          return { settings, integration: await bindDestination(name, destination, { ...options, env }) }
        const definition = await loadDefinition(name)
        return {
          settings,
          integration: bindIntegration(definition, env, { ...options, simulated, authentication }),
        }
      },
    ),
  )
