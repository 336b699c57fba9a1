import { CALL_MS } from '@mensageria/core'
import { rootCertificates } from 'node:tls'
import { EnvHttpProxyAgent, Pool, type Dispatcher } from 'undici'
import { isThisMachine } from '../base/loopback.ts'
import type { OutboundProxy } from '../base/outbound-proxy.ts'
import type { Logger } from '../logging/logger.ts'
import type { TlsFiles, TlsMaterial } from '../tls/tls-files.ts'
import { classifyNetworkError, type NetworkFailure } from './classify-network-error.ts'
import { behindProxy, classifyProxyError } from './classify-proxy-error.ts'
import { ANSWER_BYTES_MAX } from './decode-body.ts'
import { renewing } from './renewing.ts'

// Below the idle time after which usual servers hang up (5 s with Node): a request on a closed connection is in doubt.
const KEEP_ALIVE_MS = 4_000
const CONNECT_MS = 5_000

export type ConnectionOptions = {
  connectionsMax: number
  /** Where the network lets calls out through a proxy alone; none for systems on this machine. */
  proxy?: OutboundProxy
  /** The authority of the system's certificate and our own certificate; they are read again when they change. */
  tls?: TlsFiles
  /** Takes the authorities that everybody trusts besides the one of `tls`. */
  trustsPublic?: boolean
  logger?: Pick<Logger, 'warn'>
}

/** Connections to one system. */
export type Connections = {
  /** Those to make a request with now. */
  current: () => Dispatcher
  /** What an error of a request means; `aborted`: our own signal had ended it. */
  classify: (error: unknown, aborted: boolean) => NetworkFailure
  /** Whether the proxy itself has refused or broken a request. */
  isOfProxy: (error: unknown) => boolean
  /** Gives up what is in work. */
  close: () => Promise<void>
}

type Material = Omit<TlsMaterial, 'ca'> & { ca?: string | string[] }

const optionsOf = (connections: number, material: Material): Pool.Options => ({
  connections,
  pipelining: 1,
  connect: { timeout: CONNECT_MS, ...material },
  keepAliveTimeout: KEEP_ALIVE_MS,
  // A server's own hint is believed up to this.
  keepAliveMaxTimeout: 60_000,
  headersTimeout: CALL_MS,
  bodyTimeout: CALL_MS,
  maxResponseSize: ANSWER_BYTES_MAX,
})

const openByProxy = (
  proxy: OutboundProxy,
  options: Pool.Options,
  material: Material,
  onProxied: () => void,
): Dispatcher =>
  new EnvHttpProxyAgent({
    ...options,
    ...proxy,
    connectTimeout: CONNECT_MS,
    requestTls: material,
    // The limits hold for every connection, whether it ends at the proxy or behind it. Only one to a host that NO_PROXY names
    // is made without a way of connecting of the proxy's own.
    factory: (origin, own: Pool.Options) => {
      if (typeof own.connect === 'function') onProxied()
      return new Pool(origin, { ...options, ...own })
    },
    // A proxy that does not answer a CONNECT would hold its connection for minutes.
    clientFactory: (origin, own) => new Pool(origin, { ...own, headersTimeout: CONNECT_MS }),
  })

/**
 * Opens connections of its own to one system, at most so many at once, with limits on time and size. A proxy is used for
 * systems beyond this machine alone, and not for those that NO_PROXY names.
 */
export const openConnections = (base: URL, options: ConnectionOptions): Connections => {
  const { connectionsMax, proxy, tls = {}, trustsPublic, logger } = options
  let proxied = false
  const open = (files: TlsMaterial): Dispatcher => {
    const ca = files.ca !== undefined && trustsPublic ? { ca: [...rootCertificates, files.ca] } : {}
    const material = { ...files, ...ca }
    const pool = optionsOf(connectionsMax, material)
    return proxy && !isThisMachine(base)
      ? openByProxy(proxy, pool, material, () => (proxied = true))
      : new Pool(base.origin, pool)
  }
  const { current, close } = renewing(tls, open, logger)
  return {
    current,
    close,
    isOfProxy: (error) => proxied && classifyProxyError(error) !== undefined,
    classify: (error, aborted) => {
      const failure = classifyNetworkError(error, aborted)
      return proxied ? (classifyProxyError(error) ?? behindProxy(failure)) : failure
    },
  }
}
