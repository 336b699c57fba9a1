import { defined, variablesOf } from '@mensageria/contracts'
import { HANDOVERS_MAX, type CallContext, type IntegrationSettings } from '@mensageria/core'
import { z } from 'zod'
import { ConfigError, loadConfig } from '../base/config.ts'
import type { Env } from '../base/env.ts'
import { isLoopback } from '../base/loopback.ts'
import { outboundProxyOf } from '../base/outbound-proxy.ts'
import type { IntegrationDefinition } from './define-integration.ts'
import { guardCall, type BoundIntegration } from './guard-call.ts'
import { createIntegrationContext, type DownstreamHttp } from './integration-context.ts'
import { createHttpClient, type HttpClient, type HttpMethod } from '../http-client/http-client.ts'
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

const downstreamToken = z
  .string()
  .regex(/^[\u0021-\u007e]+$/, { error: 'Must be one line without spaces' })
  .describe('the token that the system gave us')

// The simulator listens on this machine alone: another address is that of a real system, which no mark may deny.
const requireLoopback = (name: string, variable: string, baseUrl: string) => {
  if (isLoopback(new URL(baseUrl).hostname.replaceAll(/[[\]]/g, ''))) return
  throw new ConfigError(
    `SIMULATE names ${name}, but ${variable} is not an address of this machine, where a simulator is: leave one of the two out`,
  )
}

const loadConnection = (name: string, env: Env, simulated: boolean) => {
  const { url, token } = variablesOf(name)
  const values = loadConfig(z.object({ [url]: downstreamUrl, [token]: downstreamToken }), env)
  const baseUrl = values[url] ?? ''
  if (simulated) requireLoopback(name, url, baseUrl)
  return { baseUrl, token: values[token] ?? '' }
}

const lowerCased = (headers: Record<string, string> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

const createHttp = (
  client: Pick<HttpClient, 'request'>,
  { signal, idempotencyKey }: Pick<CallContext, 'signal' | 'idempotencyKey'>,
): DownstreamHttp => {
  const read =
    (method: HttpMethod, own: Record<string, string>): DownstreamHttp['get'] =>
    (path, { headers } = {}) =>
      client.request(method, path, { headers: { ...lowerCased(headers), ...own }, signal })
  const write =
    (method: HttpMethod): DownstreamHttp['put'] =>
    (path, body, { headers } = {}) =>
      client.request(method, path, { body, headers: { ...lowerCased(headers), ...key }, signal })
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
 * Gives an integration its configuration and its connections. Address and token are NAME_URL and NAME_TOKEN
 * (`variablesOf`). Throws `ConfigError`, also where a simulator is to have an address beyond this machine.
 */
export const bindIntegration = <Config>(
  definition: IntegrationDefinition<Config>,
  env: Env,
  options: { connectionsMax: number; simulated?: boolean | undefined; logger?: Logger; tracer?: Tracer },
): BoundIntegration => {
  const { name } = definition
  const connection = loadConnection(name, env, options.simulated ?? false)
  const config = loadConfig(definition.configSchema, env)
  const { tracer = noTracer, simulated: _, ...rest } = options
  const client = createHttpClient({ ...connection, ...rest, ...defined({ proxy: outboundProxyOf(env) }) })

  const call = guardCall(
    name,
    { secrets: [connection.token], ...defined({ logger: options.logger }) },
    (event, { signal, ...facts }) => {
      const traced = traceHttp(client, { tracer, integration: name, attempt: facts.attempt }, event)
      const http = createHttp(traced, { signal, idempotencyKey: facts.idempotencyKey })
      return definition.deliver(event, createIntegrationContext(facts, { http, config }))
    },
  )

  return { name, call, close: () => client.close() }
}
