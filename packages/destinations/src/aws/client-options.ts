import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { defined } from '@mensageria/contracts'
import { outboundProxyOf, type Env } from '@mensageria/runtime'
import type { OpenOptions } from '../define-destination.ts'
import { credentialChain } from './credential-chain.ts'
import { googleIdentity } from './google-identity.ts'

// What does not connect within it was not sent, and is tried again; the signal of the call ends everything else.
const CONNECT_MS = 5_000
// Below the idle time after which usual servers hang up (5 s with Node): a request on a closed connection is in doubt.
const IDLE_MS = 4_000

const proxyEnvOf = (env: Env) => {
  const proxy = outboundProxyOf(env)
  if (!proxy) return {}
  const { httpProxy, httpsProxy, noProxy } = proxy
  return { proxyEnv: { ...defined({ HTTP_PROXY: httpProxy, HTTPS_PROXY: httpsProxy }), NO_PROXY: noProxy } }
}

/**
 * How a client of the AWS SDK is opened: one try for each request, as the retry is not its own; connections that are kept for a
 * while; the outbound proxy for what is beyond this machine. Credentials come by the SDK's own chain,
 * or by the Google account that this process runs as.
 */
export const clientOptions = (
  { region, endpoint }: { region: string; endpoint: string | undefined },
  { env }: Pick<OpenOptions, 'env'>,
) => {
  // As many connections as there are messages at once, which the core bounds: what waited here for one would be connecting too long.
  const agent = { keepAlive: true, timeout: IDLE_MS, ...proxyEnvOf(env) }
  return {
    region,
    ...defined({ endpoint }),
    credentials: credentialChain(),
    ...googleIdentity(env, region),
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      httpAgent: new HttpAgent(agent),
      httpsAgent: new HttpsAgent(agent),
    },
  }
}
