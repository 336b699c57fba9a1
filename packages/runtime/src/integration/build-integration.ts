import { decodeEvent, defined } from '@mensageria/contracts'
import type { Clock, Engine, Ids, IntegrationSettings } from '@mensageria/core'
import type { App } from '../http/app.ts'
import type { AttemptCounter } from '../logging/attempt-counter.ts'
import type { BoundIntegration } from './guard-call.ts'
import { buildHttpApp } from '../http/http-app.ts'
import type { AllowedHosts } from '../http/callers/allowed-hosts.ts'
import type { Logger } from '../logging/logger.ts'
import { createDeliverer } from './create-deliverer.ts'
import { createPushPlugin, PUSH_BODY_LIMIT_BYTES, type PushPluginOptions } from '../push/push-plugin.ts'
import type { PushVerifier } from '../push/push-verifier.ts'
import { noTracer, type Tracer } from '../tracing/tracer.ts'

export type IntegrationDeps = {
  settings: IntegrationSettings
  integration: Pick<BoundIntegration, 'call'>
  engine: Pick<Engine, 'ledger' | 'states'>
  /** Counts every attempt; none is counted unless given. */
  attempts?: Pick<AttemptCounter, 'count'>
  verify: PushVerifier
  /** By which names it may be asked where pushes carry no token; by any where they do. */
  allowedHosts?: AllowedHosts
  clock: Clock
  ids: Ids
  logger: Logger
  /** Makes a span of each delivery; none unless given. */
  tracer?: Tracer
}

/** Builds an integration's server: its push endpoint and the health routes. Nothing is opened. */
export const buildIntegration = async (deps: IntegrationDeps): Promise<App> => {
  const { engine, integration, verify, allowedHosts, tracer = noTracer, ...base } = deps
  const { logger } = base
  const deliver = createDeliverer(engine, { ...base, call: integration.call, tracer })
  const handle: PushPluginOptions['handle'] = async (
    { attributes, data, deliveryAttempt },
    { trigger, signal, log },
  ) => {
    const decoded = decodeEvent(attributes, data)
    if (decoded.ok) return deliver(decoded.event, trigger, signal, deliveryAttempt)
    // Never acknowledged: the broker gives it up in the end, and then it is kept as it came.
    log.error({ reason: decoded.reason }, 'message.unreadable')
    return { ack: false }
  }
  return buildHttpApp({
    logger,
    bodyLimitBytes: PUSH_BODY_LIMIT_BYTES,
    simulated: base.settings.simulated ? [base.settings.name] : [],
    ...defined({ allowedHosts }),
    plugins: [createPushPlugin({ verify, handle })],
  })
}
