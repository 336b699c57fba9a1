import { defined } from '@mensageria/contracts'
import type { HttpResult } from '@mensageria/core'
import { classifyNetworkError } from './classify-network-error.ts'
import { behindProxy, classifyProxyError } from './classify-proxy-error.ts'
import { isError } from '../base/is-error.ts'
import type { OutboundProxy } from '../base/outbound-proxy.ts'
import type { Logger } from '../logging/logger.ts'
import { ACCEPT_ENCODING } from './decode-body.ts'
import { openDispatcher } from './open-dispatcher.ts'
import { readAnswer } from './read-answer.ts'
import { requestPath } from './request-path.ts'

export type HttpClientOptions = {
  baseUrl: string
  token: string
  connectionsMax: number
  /** Where the network lets calls out through a proxy alone; none for systems on this machine. */
  proxy?: OutboundProxy
  logger?: Logger
}

export type HttpMethod = 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE'

/** Names of headers are in lower case, so that none stands there twice. */
type HttpRequestOptions = { body?: unknown; headers: Record<string, string>; signal: AbortSignal }

export type HttpClient = {
  request(method: HttpMethod, path: string, options: HttpRequestOptions): Promise<HttpResult>
  close(): Promise<void>
}

// A request that the client itself refuses to send is our defect, and no trouble of the network.
const isDefect = (error: unknown): boolean =>
  isError(error) && 'code' in error && error.code === 'UND_ERR_INVALID_ARG'

const firstOf = (header: string | string[] | undefined): string | undefined => [header].flat()[0]

/**
 * A client for one downstream, with connections of its own. It follows no redirect and repeats no request; whatever
 * happens on the network comes back as an answer.
 */
export const createHttpClient = (options: HttpClientOptions): HttpClient => {
  const base = new URL(options.baseUrl)
  const prefix = base.pathname.replace(/\/+$/, '')
  const { dispatcher, proxied } = openDispatcher(base, options.connectionsMax, options.proxy)
  const classify = (error: unknown, aborted: boolean) => {
    const failure = classifyNetworkError(error, aborted)
    return proxied() ? behindProxy(failure) : failure
  }
  const common = {
    accept: 'application/json',
    'accept-encoding': ACCEPT_ENCODING,
  }
  const authorization = `Bearer ${options.token}`

  const request: HttpClient['request'] = async (method, path, { body, headers, signal }) => {
    const payload = body === undefined ? null : JSON.stringify(body)
    const type = payload === null ? {} : { 'content-type': 'application/json' }
    const fullPath = requestPath(prefix, path)
    try {
      const response = await dispatcher.request({
        origin: base.origin,
        method,
        path: fullPath,
        headers: { ...common, ...type, ...headers, authorization },
        body: payload,
        signal,
      })
      const retryAfter = firstOf(response.headers['retry-after'])
      const answer: HttpResult = {
        type: 'response',
        status: response.statusCode,
        ...(await readAnswer(response)),
        ...defined({ retryAfter }),
      }
      return answer
    } catch (error) {
      const ofProxy = proxied() ? classifyProxyError(error) : undefined
      if (!ofProxy && isDefect(error)) throw error
      const failure = ofProxy ?? classify(error, signal.aborted)
      options.logger?.debug({ method, err: error, cause: failure.cause }, 'downstream.failed')
      return failure
    }
  }

  // Calls in work are given up: the process that closes has already drained, or has no more time to wait.
  return { request, close: () => dispatcher.destroy() }
}
