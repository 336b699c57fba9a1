import { defined } from '@mensageria/contracts'
import type { HttpResult } from '@mensageria/core'
import type { Authentication } from '../authentication/authentication.ts'
import { isError } from '../base/is-error.ts'
import type { Logger } from '../logging/logger.ts'
import { ACCEPT_ENCODING } from './decode-body.ts'
import { openConnections, type ConnectionOptions } from './open-connections.ts'
import { readAnswer } from './read-answer.ts'
import { requestPath } from './request-path.ts'

export type HttpClientOptions = Omit<ConnectionOptions, 'logger'> & {
  baseUrl: string
  authentication: Authentication
  logger?: Logger
}

export type HttpMethod = 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE'

/** Names of headers are in lower case, so that none stands there twice. */
export type HttpRequestOptions = {
  /** What is sent as JSON. */
  body?: unknown
  /** What is sent as it is: a body that is JSON already. */
  text?: string
  headers: Record<string, string>
  /** The event that the request is about. */
  eventId: string
  signal: AbortSignal
  /** Is told each secret that was made for this request: a token, a signature. */
  hide?: (secret: string) => void
}

export type HttpClient = {
  /** What no outcome, log or state may repeat, besides what `hide` is told. */
  secrets: readonly string[]
  request(method: HttpMethod, path: string, options: HttpRequestOptions): Promise<HttpResult>
  close(): Promise<void>
}

// A request that the client itself refuses to send is our defect, and no trouble of the network.
const isDefect = (error: unknown): boolean =>
  isError(error) && 'code' in error && error.code === 'UND_ERR_INVALID_ARG'

const firstOf = (header: string | string[] | undefined): string | undefined => [header].flat()[0]

/**
 * A client for one system, with connections of its own. It proves each request ours, follows no redirect and repeats no
 * request; whatever happens on the network comes back as an answer.
 */
export const createHttpClient = ({ baseUrl, authentication, ...own }: HttpClientOptions): HttpClient => {
  const base = new URL(baseUrl)
  const prefix = base.pathname.replace(/\/+$/, '')
  const connections = openConnections(base, own)
  const common = { accept: 'application/json', 'accept-encoding': ACCEPT_ENCODING }

  const send = async (
    request: { method: HttpMethod; path: string; headers: Record<string, string>; body: string | null },
    signal: AbortSignal,
  ): Promise<HttpResult> => {
    try {
      const response = await connections.current().request({ origin: base.origin, ...request, signal })
      const retryAfter = firstOf(response.headers['retry-after'])
      const answer = {
        type: 'response' as const,
        status: response.statusCode,
        ...(await readAnswer(response)),
      }
      return { ...answer, ...defined({ retryAfter }) }
    } catch (error) {
      if (!connections.isOfProxy(error) && isDefect(error)) throw error
      const failure = connections.classify(error, signal.aborted)
      own.logger?.debug({ method: request.method, err: error, cause: failure.cause }, 'downstream.failed')
      return failure
    }
  }

  const request: HttpClient['request'] = async (method, path, options) => {
    const { headers, eventId, signal, hide } = options
    const body = options.text ?? (options.body === undefined ? null : JSON.stringify(options.body))
    const type = body === null ? {} : { 'content-type': 'application/json' }
    const fullPath = requestPath(prefix, path)
    const proof = await authentication.prove({ eventId, body: body ?? '' }, signal)
    if (!proof.ok) return proof.failure
    if (hide) proof.secrets.forEach(hide)
    // Nothing replaces the proof of who we are.
    const all = { ...common, ...type, ...headers, ...proof.headers }
    const answer = await send({ method, path: fullPath, headers: all, body }, signal)
    const isRefused = answer.type === 'response' && answer.status === 401
    return (isRefused ? authentication.refused?.(proof) : undefined) ?? answer
  }

  // Calls in work are given up: the process that closes has already drained, or has no more time to wait.
  const close = async (): Promise<void> => {
    await Promise.all([connections.close(), authentication.close()])
  }
  return { secrets: authentication.secrets, request, close }
}
