import type { AttemptCounts, IntegrationStates, Ledger } from '@mensageria/core'
import { createAttemptCounter } from '../logging/attempt-counter.ts'
import { bindIntegration } from './bind-integration.ts'
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

/** The ledger of an engine, as an integration needs it. */
export type OpenedLedger = {
  ledger: Ledger
  states: Pick<IntegrationStates, 'read'>
  attempts: Pick<AttemptCounts, 'add'>
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

// Several connections more than pushes at once: hand-overs of the sweeper come on top.
const HANDOVERS_AT_ONCE = 8

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
    const connectionsMax = settings.concurrencyMax + HANDOVERS_AT_ONCE
    const integration = bindIntegration(definition, env, { connectionsMax, logger, tracer })
    const opened = await openLedger({ ...store, integrations: [name] })
    const { ledger, states } = opened
    const ids = createSystemIds()
    const attempts = createAttemptCounter({
      counts: opened.attempts,
      clock,
      logger,
      flushMs: COUNT_EVERY_MS,
    })
    const app = await buildIntegration({
      settings,
      integration,
      ledger,
      states,
      attempts,
      verify,
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
        await opened.close()
      },
    }
  })
}
