import type { ExternalCall, IntegrationSettings } from '@mensageria/delivery'
import { dmitri } from '@mensageria/dmitri'
import { maas } from '@mensageria/maas'
import { bindIntegration, ConfigError, type Logger } from '@mensageria/runtime'
import { senninha } from '@mensageria/senninha'

type Env = Readonly<Record<string, string | undefined>>

/** An integration that is ready to be called. */
export type BoundIntegration = { name: string; call: ExternalCall; close(): Promise<void> }

type Bind = (env: Env, options: { connectionsMax: number; logger: Logger }) => BoundIntegration

// A new integration is a line here, a folder in services and a row in the integrations file.
const BINDINGS: Readonly<Record<string, Bind>> = {
  senninha: (env, options) => bindIntegration(senninha, env, options),
  maas: (env, options) => bindIntegration(maas, env, options),
  dmitri: (env, options) => bindIntegration(dmitri, env, options),
}

/** Binds each integration of the list to its downstream. Throws ConfigError for one that has no code or no address. */
export const bindIntegrations = (integrations: readonly IntegrationSettings[], env: Env, logger: Logger) =>
  integrations.map((settings) => {
    const bind = BINDINGS[settings.name]
    if (!bind) {
      throw new ConfigError(
        `terraform/integrations.auto.tfvars.json names ${settings.name}, which the standalone does not know: add it to bind-integrations.ts`,
      )
    }
    // Hand-overs of the sweeper come on top of the broker's pushes.
    return { settings, integration: bind(env, { connectionsMax: settings.concurrencyMax + 8, logger }) }
  })
