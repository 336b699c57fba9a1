import { defined, variablesOf, type AuthenticationFields } from '@mensageria/contracts'
import { HANDOVERS_MAX, type IntegrationSettings } from '@mensageria/core'
import { z } from 'zod'
import { credentialSchemas } from '../authentication/load-authentication.ts'
import { ConfigError, loadConfig } from '../base/config.ts'
import type { Env } from '../base/env.ts'
import { isLoopback } from '../base/loopback.ts'
import type { IntegrationDefinition } from './define-integration.ts'
import { guardCall, type BoundIntegration } from './guard-call.ts'
import { createIntegrationContext, type DownstreamHttp } from './integration-context.ts'
import type { HttpClient, HttpMethod, HttpRequestOptions } from '../http-client/http-client.ts'
import { openClient } from './open-client.ts'
import type { Logger } from '../logging/logger.ts'
import { traceHttp } from '../tracing/trace-http.ts'
import { noTracer, type Tracer } from '../tracing/tracer.ts'

/** How many calls to one system there can be at once: pushes of the broker, hand-overs of recovery, and those of redrives. */
export const connectionsMaxOf = ({ concurrencyMax }: Pick<IntegrationSettings, 'concurrencyMax'>): number =>
  concurrencyMax + 2 * HANDOVERS_MAX

const downstreamUrl = z
  .url({ protocol: /^https?$/ })
  .refine((value) => !/[@?#]/.test(value), { error: 'Must have no credentials, query or fragment' })
  .describe('where the system is, for example https://example.com/api')

// The simulator listens on this machine alone: another address is that of a real system, which no mark may deny.
const requireLoopback = (name: string, variable: string, baseUrl: string) => {
  if (isLoopback(new URL(baseUrl).hostname.replaceAll(/[[\]]/g, ''))) return
  throw new ConfigError(
    `SIMULATE names ${name}, but ${variable} is not an address of this machine, where a simulator is: leave one of the two out`,
  )
}

type BindOptions = {
  connectionsMax: number
  /** How the row of the list wants it to authenticate; by a bearer token unless it says so. */
  authentication?: AuthenticationFields | undefined
  simulated?: boolean | undefined
  logger?: Logger
  tracer?: Tracer
}

// Address and credential at once: one start names all that is missing.
const loadAddress = (name: string, env: Env, { authentication: row, simulated }: BindOptions): string => {
  const { url } = variablesOf(name)
  const credentials = credentialSchemas(name, { row, simulated, env })
  const baseUrl = String(loadConfig(z.object({ [url]: downstreamUrl, ...credentials }), env)[url])
  if (simulated) requireLoopback(name, url, baseUrl)
  return baseUrl
}

const lowerCased = (headers: Record<string, string> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

const createHttp = (
  client: Pick<HttpClient, 'request'>,
  { idempotencyKey, ...call }: Omit<HttpRequestOptions, 'headers'> & { idempotencyKey: string },
): DownstreamHttp => {
  const read =
    (method: HttpMethod, own: Record<string, string>): DownstreamHttp['get'] =>
    (path, { headers } = {}) =>
      client.request(method, path, { ...call, headers: { ...lowerCased(headers), ...own } })
  const write =
    (method: HttpMethod): DownstreamHttp['put'] =>
    (path, body, { headers } = {}) =>
      client.request(method, path, { ...call, body, headers: { ...lowerCased(headers), ...key } })
  const key = { 'idempotency-key': idempotencyKey }
  return {
    get: read('GET', {}),
    put: write('PUT'),
    post: write('POST'),
    patch: write('PATCH'),
    delete: read('DELETE', key),
  }
}

/**
 * Gives an integration its configuration and its connections. Address and credential are NAME_URL, NAME_TOKEN and
 * their sisters (`variablesOf`). Throws `ConfigError`, also where a simulator is to have an address beyond this machine.
 */
export const bindIntegration = <Config>(
  definition: IntegrationDefinition<Config>,
  env: Env,
  options: BindOptions,
): BoundIntegration => {
  const { name } = definition
  const { connectionsMax, authentication, simulated, tracer = noTracer, logger } = options
  const url = loadAddress(name, env, options)
  const own = { authentication, simulated, ...defined({ logger }) }
  const client = openClient(name, { url, connectionsMax, env, ...own })
  const config = loadConfig(definition.configSchema, env)

  const observed = { secrets: client.secrets, ...defined({ logger }) }
  const call = guardCall(name, observed, (event, { signal, ...facts }, hide) => {
    const traced = traceHttp(client, { tracer, integration: name, attempt: facts.attempt }, event)
    const { idempotencyKey } = facts
    const http = createHttp(traced, { eventId: event.id, idempotencyKey, signal, hide })
    return definition.deliver(event, createIntegrationContext(facts, { http, config }))
  })

  return { name, call, close: () => client.close() }
}
