import { defined, type AuthenticationFields } from '@mensageria/contracts'
import { loadAuthentication } from '../authentication/load-authentication.ts'
import type { Env } from '../base/env.ts'
import { outboundProxyOf } from '../base/outbound-proxy.ts'
import { createHttpClient, type HttpClient } from '../http-client/http-client.ts'
import type { Logger } from '../logging/logger.ts'
import { loadTlsFiles } from '../tls/tls-files.ts'

export type SystemOptions = {
  /** Where the system is. */
  url: string
  /** How the row of the list wants it to authenticate; by a bearer token unless it says so. */
  authentication: AuthenticationFields | undefined
  simulated?: boolean | undefined
  connectionsMax: number
  /** Credentials, certificates and proxies. */
  env: Env
  logger?: Logger
}

/**
 * A client for one system as the environment has it: credential, certificates and proxy. Throws `ConfigError`, which names the
 * variable and what to do; nothing is connected before the first request.
 */
export const openClient = (name: string, options: SystemOptions): HttpClient => {
  const { url, authentication: row, simulated, connectionsMax, env, logger } = options
  const connections = { tls: loadTlsFiles(name, env), ...defined({ proxy: outboundProxyOf(env), logger }) }
  const authentication = loadAuthentication(name, {
    url,
    row,
    simulated,
    env,
    connections,
    ...defined({ logger }),
  })
  return createHttpClient({ baseUrl: url, authentication, connectionsMax, ...connections })
}
