import { CALL_MS } from '@mensageria/core'
import { EnvHttpProxyAgent, Pool, type Dispatcher } from 'undici'
import { isLoopback } from '../base/loopback.ts'
import type { OutboundProxy } from '../base/outbound-proxy.ts'
import { ANSWER_BYTES_MAX } from './decode-body.ts'

// Below the idle time after which usual servers hang up (5 s with Node): a request on a closed connection is in doubt.
const KEEP_ALIVE_MS = 4_000
const CONNECT_MS = 5_000

const optionsOf = (connections: number): Pool.Options => ({
  connections,
  pipelining: 1,
  connect: { timeout: CONNECT_MS },
  keepAliveTimeout: KEEP_ALIVE_MS,
  // A server's own hint is believed up to this.
  keepAliveMaxTimeout: 60_000,
  headersTimeout: CALL_MS,
  bodyTimeout: CALL_MS,
  maxResponseSize: ANSWER_BYTES_MAX,
})

/** Connections to one system; `proxied` says whether they go through a proxy, once the first was begun. */
export type Connections = { dispatcher: Dispatcher; proxied: () => boolean }

const openByProxy = (proxy: OutboundProxy, options: Pool.Options): Connections => {
  let proxied = false
  const dispatcher = new EnvHttpProxyAgent({
    ...options,
    ...proxy,
    connectTimeout: CONNECT_MS,
    // The limits hold for every connection, whether it ends at the proxy or behind it. Only one to a host that NO_PROXY names
    // is made without a way of connecting of the proxy's own.
    factory: (origin, own: Pool.Options) => {
      proxied = typeof own.connect === 'function'
      return new Pool(origin, { ...options, ...own })
    },
    // A proxy that does not answer a CONNECT would hold its connection for minutes.
    clientFactory: (origin, own) => new Pool(origin, { ...own, headersTimeout: CONNECT_MS }),
  })
  return { dispatcher, proxied: () => proxied }
}

const isOnThisMachine = ({ hostname }: URL): boolean =>
  isLoopback(hostname.replaceAll(/[[\]]/g, '')) || hostname.endsWith('.localhost')

/**
 * Opens connections of its own to one system, at most so many at once, with limits on time and size. A proxy is used for
 * systems beyond this machine alone, and not for those that NO_PROXY names.
 */
export const openDispatcher = (base: URL, connectionsMax: number, proxy?: OutboundProxy): Connections => {
  const options = optionsOf(connectionsMax)
  return proxy && !isOnThisMachine(base)
    ? openByProxy(proxy, options)
    : { dispatcher: new Pool(base.origin, options), proxied: () => false }
}
