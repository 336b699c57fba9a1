import { defined } from '@mensageria/contracts'
import { CALL_MS, type HttpResult } from '@mensageria/core'
import { Pool } from 'undici'
import { classifyNetworkError } from './classify-network-error.ts'
import { isError } from '../base/is-error.ts'
import type { Logger } from '../logging/logger.ts'
import { ACCEPT_ENCODING, ANSWER_BYTES_MAX } from './decode-body.ts'
import { readAnswer } from './read-answer.ts'
import { requestPath } from './request-path.ts'

export type HttpClientOptions = { baseUrl: string; token: string; connectionsMax: number; logger?: Logger }

type HttpRequestOptions = { body?: unknown; headers: Record<string, string>; signal: AbortSignal }

export type HttpClient = {
  request(method: 'GET' | 'PUT' | 'POST', path: string, options: HttpRequestOptions): Promise<HttpResult>
  close(): Promise<void>
}

// Below the idle time after which usual servers hang up (5 s with Node): a request on a closed connection is in doubt.
const KEEP_ALIVE_MS = 4_000
const CONNECT_MS = 5_000

const createPool = (origin: string, connectionsMax: number): Pool =>
  new Pool(origin, {
    connections: connectionsMax,
    pipelining: 1,
    connect: { timeout: CONNECT_MS },
    keepAliveTimeout: KEEP_ALIVE_MS,
    // A server's own hint is believed up to this.
    keepAliveMaxTimeout: 60_000,
    headersTimeout: CALL_MS,
    bodyTimeout: CALL_MS,
    maxResponseSize: ANSWER_BYTES_MAX,
  })

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
  const pool = createPool(base.origin, options.connectionsMax)
  const common = {
    accept: 'application/json',
    'accept-encoding': ACCEPT_ENCODING,
    authorization: `Bearer ${options.token}`,
  }

  const request: HttpClient['request'] = async (method, path, { body, headers, signal }) => {
    const payload = body === undefined ? null : JSON.stringify(body)
    const type = payload === null ? {} : { 'content-type': 'application/json' }
    const fullPath = requestPath(prefix, path)
    try {
      const response = await pool.request({
        method,
        path: fullPath,
        headers: { ...common, ...type, ...headers },
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
      if (isDefect(error)) throw error
      const failure = classifyNetworkError(error, signal.aborted)
      options.logger?.debug({ method, err: error, cause: failure.cause }, 'downstream.failed')
      return failure
    }
  }

  // Calls in work are given up: the process that closes has already drained, or has no more time to wait.
  return { request, close: () => pool.destroy() }
}
