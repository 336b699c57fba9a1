import type { Engine, IntegrationSettings, Stats } from '@mensageria/core'
import type { z } from 'zod'
import type { Env } from '../base/env.ts'
import { createAttemptCounter } from '../logging/attempt-counter.ts'
import type { Logger } from '../logging/logger.ts'
import { createSystemClock } from '../base/system-clock.ts'
import { createSystemIds } from '../base/system-ids.ts'
import { createOidcVerifier } from '../push/oidc-verifier.ts'
import { loadHandOverSecurity } from '../push/push-security.ts'
import { createLocalVerifier } from '../push/push-verifier.ts'
import { CloudConfig, startProcess, type CloudStoreOptions } from '../process/start-process.ts'
import type { Tracer } from '../tracing/tracer.ts'
import { connectionsMaxOf } from './bind-integration.ts'
import { buildIntegration } from './build-integration.ts'
import type { BoundIntegration } from './guard-call.ts'
import { IntegrationsConfig, loadIntegrationSettings } from './integration-settings.ts'

/** What a deliverer needs of an engine: its rows, its state, and where its attempts are counted. */
export type OpenedLedger = Pick<Engine, 'ledger' | 'states'> & {
  stats: Pick<Stats, 'addAttempts'>
  close(): Promise<void> | void
}

/** Opens the rows of one integration. */
export type OpenLedger = (
  options: CloudStoreOptions & { integrations: readonly string[] },
) => Promise<OpenedLedger> | OpenedLedger

/** Configuration of every process that delivers to one system. */
export const DelivererConfig = CloudConfig.extend(IntegrationsConfig.shape)
export type DelivererConfig = z.output<typeof DelivererConfig>

/** What a call is bound with. */
export type BindOptions = { env: Env; connectionsMax: number; logger: Logger; tracer: Tracer }

export type StartDelivererOptions<Config, Settings> = {
  schema: z.ZodType<Config>
  openLedger: OpenLedger
  /** The row of the list that this process is for. Throws ConfigError. */
  choose: (list: readonly IntegrationSettings[], config: Config) => Settings
  /** The way to its system. Throws ConfigError; connects nothing. */
  bind: (settings: Settings, options: BindOptions) => BoundIntegration | Promise<BoundIntegration>
}

// All instances of an integration add to one document, which Firestore takes about once a second for long.
const COUNT_EVERY_MS = 15_000

/**
 * The whole process that delivers to one system, by code or by configuration: takes pushes and hand-overs, calls it, and drains
 * on SIGTERM. Where it cannot start, it says why in a sentence and ends with exit 1.
 */
export const startDeliverer = <Config extends DelivererConfig, Settings extends IntegrationSettings>(
  service: string,
  { schema, openLedger, choose, bind }: StartDelivererOptions<Config, Settings>,
): Promise<void> =>
  startProcess(service, schema, async ({ config, env, logger, tracer, onCloudRun, host, store }) => {
    const settings = choose(loadIntegrationSettings(config), config)
    const clock = createSystemClock()
    // Two compositions: tokens are checked, or this is one machine and nobody else can reach it.
    const verify = onCloudRun
      ? await createOidcVerifier({ ...loadHandOverSecurity(env), clock, logger })
      : createLocalVerifier()
    const integration = await bind(settings, {
      env,
      connectionsMax: connectionsMaxOf(settings),
      logger,
      tracer,
    })
    const engine = await openLedger({ ...store, integrations: [settings.name] })
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
