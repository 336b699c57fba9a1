import type { HttpResult } from '@mensageria/core'

/** No answer: why, and whether the request can have reached the system. */
export type NetworkFailure = Extract<HttpResult, { type: 'failure' }>

/** The stable keys by which failures are grouped (`cause`), by error code. What is not here is `network`. */
const CAUSES: Readonly<Record<string, string>> = {
  EAI_AGAIN: 'dns',
  ECONNABORTED: 'connection-reset',
  ECONNREFUSED: 'connection-refused',
  ECONNRESET: 'connection-reset',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENOTFOUND: 'dns',
  EPIPE: 'connection-reset',
  EPROTO: 'tls',
  ETIMEDOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  UND_ERR_CLOSED: 'client-closed',
  UND_ERR_CONNECT_TIMEOUT: 'connect-timeout',
  UND_ERR_DESTROYED: 'client-closed',
  UND_ERR_HEADERS_OVERFLOW: 'invalid-response',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'invalid-response',
  UND_ERR_SOCKET: 'connection-reset',
}

// OpenSSL's verdicts on a certificate, given before anything of ours is sent (nodejs.org/api/tls.html, X509 errors).
const CERTIFICATE =
  /^(?:CERT_|CRL_|UNABLE_TO_|SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED_CERT|HOSTNAME_MISMATCH|INVALID_CA|ERR_TLS_CERT_ALTNAME)/

// The only ones that surely precede sending, besides any error of the system call `connect`. An unreachable host does not:
// Linux says so of an open connection too, when its retransmissions end.
const BEFORE_SENT = new Set(['ECONNREFUSED', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_CLOSED'])

// By field, not by class: errors of Node, of undici and of the web platform share no other base.
const fieldOf = (error: unknown, key: 'code' | 'errors' | 'message' | 'name' | 'syscall'): unknown =>
  typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined

const textOf = (error: unknown, key: 'code' | 'message' | 'syscall'): string => {
  const value = fieldOf(error, key)
  return typeof value === 'string' ? value : ''
}

const causeOf = (code: string): string => {
  if (CERTIFICATE.test(code) || code.startsWith('ERR_SSL_')) return 'tls'
  if (code.startsWith('EAI_')) return 'dns'
  return CAUSES[code] ?? 'network'
}

// undici's parser errors have no code (8.12: it looks its table up the wrong way round).
const specialCause = (error: unknown, code: string, connecting: boolean): string | undefined => {
  if (fieldOf(error, 'name') === 'HTTPParserError') return 'invalid-response'
  // An answer 101 to a request that asked for no other protocol: for undici any trouble of a socket has one code.
  if (code === 'UND_ERR_SOCKET' && textOf(error, 'message') === 'bad upgrade') return 'invalid-response'
  return code === 'ETIMEDOUT' && connecting ? 'connect-timeout' : undefined
}

const classifyOne = (error: unknown): NetworkFailure => {
  const code = textOf(error, 'code')
  const connecting = textOf(error, 'syscall') === 'connect'
  const cause = specialCause(error, code, connecting) ?? causeOf(code)
  const early = connecting || BEFORE_SENT.has(code) || cause === 'dns' || CERTIFICATE.test(code)
  return {
    type: 'failure',
    phase: early ? 'before-sent' : 'after-sent',
    cause,
    misconfigured: cause === 'dns' || cause === 'tls',
  }
}

/**
 * Says what an error of the HTTP client means. `aborted`: our own signal had ended the call. Everything that is not surely
 * before sending counts as after it: the next attempt then looks up before it creates.
 */
export const classifyNetworkError = (error: unknown, aborted: boolean): NetworkFailure => {
  if (aborted) {
    const cause = fieldOf(error, 'name') === 'TimeoutError' ? 'timeout' : 'aborted'
    return { type: 'failure', phase: 'after-sent', cause, misconfigured: false }
  }
  // A host with several addresses fails with one error for each that was tried.
  const inner = fieldOf(error, 'errors')
  const [first, ...others] = Array.isArray(inner) ? inner.map(classifyOne) : []
  if (!first) return classifyOne(error)
  return others.find(({ phase }) => phase === 'after-sent') ?? first
}
