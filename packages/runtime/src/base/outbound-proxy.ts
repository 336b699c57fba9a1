import { setGlobalProxyFromEnv } from 'node:http'
import { defined } from '@mensageria/contracts'
import { ConfigError } from './config.ts'
import type { Env } from './env.ts'

/** The proxy that a company's network asks for, as HTTPS_PROXY, HTTP_PROXY and NO_PROXY name it. */
export type OutboundProxy = { httpProxy?: string; httpsProxy?: string; noProxy: string }

// Neither this machine nor the metadata server of Google Cloud is ever beyond a proxy.
const NEVER = ['localhost', '.localhost', '127.0.0.1', '::1', '169.254.169.254', 'metadata.google.internal']

// In lower case first, as curl does it: HTTP_PROXY may be a header of a request where a program runs as CGI.
const namesOf = (variable: string) => [variable.toLowerCase(), variable]
const valueOf = (env: Env, variable: string): string | undefined =>
  namesOf(variable)
    .map((name) => env[name])
    .find((value) => value !== undefined && value !== '')

// The proxy client decodes them, and throws where it cannot.
const isDecodable = (text: string): boolean => {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}

const isProxy = ({ protocol, pathname, search, hash, username, password }: URL): boolean =>
  /^https?:$/.test(protocol) && pathname === '/' && search + hash === '' && isDecodable(username + password)

const proxyUrl = (env: Env, variable: string): string | undefined => {
  const value = valueOf(env, variable)
  if (value === undefined) return undefined
  // curl takes an address without a scheme too.
  const url = URL.parse(/^[a-z][\w+.-]*:\/\//i.test(value) ? value : `http://${value}`)
  if (!url || !isProxy(url)) {
    // Its value may hold a password.
    throw new ConfigError(`${variable} must be the URL of a proxy, for example http://proxy.example.com:3128`)
  }
  return url.href
}

/**
 * Reads HTTPS_PROXY, HTTP_PROXY and NO_PROXY, in either case; undefined where there is no proxy. NO_PROXY names hosts that are
 * reached directly (`host`, `.suffix`, `host:port`, `*`). Throws `ConfigError` where a proxy is no URL of http or https.
 */
export const outboundProxyOf = (env: Env): OutboundProxy | undefined => {
  const httpProxy = proxyUrl(env, 'HTTP_PROXY')
  const httpsProxy = proxyUrl(env, 'HTTPS_PROXY')
  if (httpProxy === undefined && httpsProxy === undefined) return undefined
  const noProxy = [valueOf(env, 'NO_PROXY') ?? [], NEVER].flat().join(',')
  return { ...defined({ httpProxy, httpsProxy }), noProxy }
}

/** The proxy as gRPC reads it from the environment by itself: it knows HTTPS_PROXY in lower case alone. */
export const grpcVariablesOf = ({ httpsProxy, noProxy }: OutboundProxy): Record<string, string> =>
  defined({ grpc_proxy: httpsProxy, no_grpc_proxy: noProxy })

/**
 * Sends what a process fetches by itself, tokens and their keys, and its gRPC through the proxy too, but not to an
 * emulator on this machine. Throws `ConfigError` as above.
 */
export const useOutboundProxy = (env: Env): void => {
  const proxy = outboundProxyOf(env)
  if (!proxy) return
  const { httpProxy, httpsProxy, noProxy } = proxy
  setGlobalProxyFromEnv({ ...defined({ HTTP_PROXY: httpProxy, HTTPS_PROXY: httpsProxy }), NO_PROXY: noProxy })
  for (const [variable, value] of Object.entries(grpcVariablesOf(proxy))) process.env[variable] ??= value
}
