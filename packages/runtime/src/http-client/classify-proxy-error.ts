import type { NetworkFailure } from './classify-network-error.ts'

// undici (8.12, lib/dispatcher/proxy-agent.js) has no code of its own for what a proxy answers; its words are all there is.
const REFUSED_TUNNEL = /^Proxy response \((\d{3})\) !== 200/
const ASKS_FOR_PASSWORD = /^Proxy Authentication Required \((407)\)/

const textOf = (error: unknown, key: 'code' | 'message'): string => {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined
  return typeof value === 'string' ? value : ''
}

const beforeSent = (cause: string, misconfigured: boolean): NetworkFailure => ({
  type: 'failure',
  phase: 'before-sent',
  cause: `proxy-${cause}`,
  misconfigured,
})

/** What the proxy itself said or broke before a request left it; undefined where the error is none of the proxy's. */
export const classifyProxyError = (error: unknown): NetworkFailure | undefined => {
  const message = textOf(error, 'message')
  const status = (REFUSED_TUNNEL.exec(message) ?? ASKS_FOR_PASSWORD.exec(message))?.[1]
  // A gateway's 5xx passes; a 4xx says that the proxy does not let this call through.
  if (status !== undefined) return beforeSent(`http-${status}`, status.startsWith('4'))
  const code = textOf(error, 'code')
  if (code === 'UND_ERR_PRX_CONN') return beforeSent('connection-reset', false)
  return code === 'UND_ERR_PRX_TLS' ? beforeSent('tls', true) : undefined
}

/** Names the proxy in a failure of its connection: behind it, names are looked up and hosts are reached by the proxy alone. */
export const behindProxy = (failure: NetworkFailure): NetworkFailure =>
  failure.phase === 'before-sent' && failure.cause !== 'tls' && failure.cause !== 'client-closed'
    ? { ...failure, cause: `proxy-${failure.cause}` }
    : failure
