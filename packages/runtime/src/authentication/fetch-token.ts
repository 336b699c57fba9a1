import { defined } from '@mensageria/contracts'
import { CALL_MS } from '@mensageria/core'
import type { ClientAuth } from 'oauth4webapi'
import type { Connections } from '../http-client/open-connections.ts'
import { readBytes } from '../http-client/read-answer.ts'
import { tokenFailure } from './token-failure.ts'
import type { Fetched } from './token-store.ts'

export type OAuth2Settings = {
  tokenUrl: string
  clientId: string
  clientSecret: string
  /** How the client shows its secret: in the header Authorization, or in the form. */
  client: 'basic' | 'post'
  scope?: string | undefined
  audience?: string | undefined
}

// What is left of a call is for the system.
const TOKEN_MS = CALL_MS / 3
// RFC 6749 recommends expires_in, and lets it be left out.
const EXPIRES_IN_S = 300
const PASSING = new Set([408, 425, 429])

// A code of RFC 6749 or of an extension. What else stands there may be our own header, as base64.
const ERROR_CODE = /^(?=.{1,64}$)[a-z]+(?:[._-][a-z]+)*$/

/** What an answer of the token endpoint means that gives no token: a 4xx is our configuration, a 5xx passes. */
export const failureOfStatus = (status: number, code: unknown): Extract<Fetched, { ok: false }> => {
  const words = typeof code === 'string' && ERROR_CODE.test(code) ? ` (${code})` : ''
  const said = `the token endpoint answered ${status}${words}`
  const failure =
    status >= 200 && status < 300
      ? tokenFailure('unexpected-body', true, `${said} with something that is no bearer token`)
      : tokenFailure(`http-${status}`, status < 500 && !PASSING.has(status), said)
  return { ok: false, failure }
}

const isToken = (value: string): boolean => /^[\u0021-\u007e]{1,16384}$/.test(value)

// RFC 6749 (2.3.1) has both parts encoded as in a form. The library encodes hyphens and dots too, which servers that decode
// nothing take for another secret; so no more is encoded here than must be.
const showInHeader =
  (secret: string): ClientAuth =>
  (_server, { client_id: id }, _body, headers) => {
    const encoded = [id, secret].map(encodeURIComponent).join(':')
    headers.set('authorization', `Basic ${Buffer.from(encoded).toString('base64')}`)
  }

/** Asks the token endpoint once, by client credentials (RFC 6749, 4.4). It follows no redirect and repeats nothing. */
export const fetchToken = async (
  { tokenUrl, clientId, clientSecret, ...settings }: OAuth2Settings,
  connections: Connections,
): Promise<Fetched> => {
  // Loaded by who asks for tokens.
  const oauth = await import('oauth4webapi')
  const url = new URL(tokenUrl)
  const server = { issuer: url.origin, token_endpoint: url.href }
  const client = { client_id: clientId }
  const shown = settings.client === 'post' ? oauth.ClientSecretPost : showInHeader
  const signal = AbortSignal.timeout(TOKEN_MS)
  let status: number | undefined
  const request = async (
    method: 'POST',
    headers: Record<string, string>,
    body: string,
  ): Promise<Response> => {
    const { origin, pathname: path } = url
    const answer = await connections.current().request({ origin, path, method, headers, body, signal })
    const decoded = await readBytes(answer)
    status = answer.statusCode
    const isEmpty = status === 204 || status === 205 || status === 304
    const type = [answer.headers['content-type']].flat()[0] ?? ''
    return new Response(decoded.ok && !isEmpty ? new Uint8Array(decoded.bytes) : null, {
      status,
      headers: { 'content-type': type },
    })
  }
  try {
    const { scope, audience } = settings
    const response = await oauth.clientCredentialsGrantRequest(
      server,
      client,
      shown(clientSecret),
      defined({ scope, audience }),
      {
        signal,
        // The configuration lets it be http on this machine alone.
        [oauth.allowInsecureRequests]: url.protocol === 'http:',
        [oauth.customFetch]: (_url, { method, headers, body }) => request(method, headers, body.toString()),
      },
    )
    const token = await oauth.processClientCredentialsResponse(server, client, response)
    const { access_token: value, token_type: type, expires_in: expiresInS = EXPIRES_IN_S } = token
    if (type.toLowerCase() !== 'bearer' || !isToken(value)) return failureOfStatus(200, undefined)
    return { ok: true, token: value, expiresInMs: expiresInS * 1000 }
  } catch (error) {
    if (status !== undefined)
      return failureOfStatus(status, error instanceof oauth.ResponseBodyError ? error.error : undefined)
    const { cause, misconfigured } = connections.classify(error, signal.aborted)
    return {
      ok: false,
      failure: tokenFailure(cause, misconfigured, `the token endpoint cannot be reached (${cause})`),
    }
  }
}
