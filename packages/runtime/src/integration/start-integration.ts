import type { Engine, Stats } from '@mensageria/core'
import { createAttemptCounter } from '../logging/attempt-counter.ts'
import { bindIntegration, connectionsMaxOf } from './bind-integration.ts'
import { ConfigError } from '../base/config.ts'
import type { IntegrationDefinition } from './define-integration.ts'
import { IntegrationsConfig, loadIntegrationSettings } from './integration-settings.ts'
import { createOidcVerifier } from '../push/oidc-verifier.ts'
import { loadHandOverSecurity } from '../push/push-security.ts'
import { createLocalVerifier } from '../push/push-verifier.ts'
import { CloudConfig, startProcess, type CloudStoreOptions } from '../process/start-process.ts'
import { createSystemClock } from '../base/system-clock.ts'
import { createSystemIds } from '../base/system-ids.ts'
import { buildIntegration } from './build-integration.ts'

/** What an integration needs of an engine: its rows, its state, and where its attempts are counted. */
export type OpenedLedger = Pick<Engine, 'ledger' | 'states'> & {
  stats: Pick<Stats, 'addAttempts'>
  close(): Promise<void> | void
}

export type StartIntegrationOptions = {
  openLedger: (
    options: CloudStoreOptions & { integrations: readonly string[] },
  ) => Promise<OpenedLedger> | OpenedLedger
}

const Config = CloudConfig.extend(IntegrationsConfig.shape)

// All instances of an integration add to one document, which Firestore takes about once a second for long.
const COUNT_EVERY_MS = 15_000

/**
 * The whole process of one integration: takes pushes and hand-overs, calls its system, and drains on SIGTERM. Where it
 * cannot start, it says why in a sentence and ends with exit 1.
 */
export const startIntegration = <Definition>(
  definition: IntegrationDefinition<Definition>,
  { openLedger }: StartIntegrationOptions,
): Promise<void> => {
  const { name } = definition
  return startProcess(name, Config, async ({ config, env, logger, tracer, onCloudRun, host, store }) => {
    const settings = loadIntegrationSettings(config).find((one) => one.name === name)
    if (!settings) throw new ConfigError(`${config.INTEGRATIONS_FILE} has no row for ${name}`)
    const clock = createSystemClock()
    // Two compositions: tokens are checked, or this is one machine and nobody else can reach it.
    const verify = onCloudRun
      ? await createOidcVerifier({ ...loadHandOverSecurity(env), clock, logger })
      : createLocalVerifier()
    const integration = bindIntegration(definition, env, {
      connectionsMax: connectionsMaxOf(settings),
      simulated: settings.simulated,
      logger,
      tracer,
    })
    const engine = await openLedger({ ...store, integrations: [name] })
    const ids = createSystemIds()
    const { stats } = engine
    const attempts = createAttemptCounter({ stats, clock, logger, flushMs: COUNT_EVERY_MS })
    const app = await buildIntegration({
      settings,
      integration,
      engine,
      attempts,
      verify,
      ...(onCloudRun ? {} : { allowedHosts: [] }),
      clock,
      ids,
      logger,
      tracer,
    })
    return {
      url: await app.listen({ host, port: config.PORT }),
      // In this order: what is in flight settles its row first.
      close: async () => {
        await app.close()
        await attempts.flush()
        await integration.close()
        await engine.close()
      },
    }
  })
}
