import { classifyNetworkError } from './classify-network-error.ts'

const errorOf = (code: string, syscall?: string): Error =>
  Object.assign(new Error(code), { code }, syscall === undefined ? {} : { syscall })

describe('classifyNetworkError', () => {
  test.each([
    ['ECONNREFUSED', 'connect', 'connection-refused'],
    ['EHOSTUNREACH', 'connect', 'unreachable'],
    ['ENETUNREACH', 'connect', 'unreachable'],
    ['ETIMEDOUT', 'connect', 'connect-timeout'],
    ['ECONNRESET', 'connect', 'connection-reset'],
    ['UND_ERR_CONNECT_TIMEOUT', undefined, 'connect-timeout'],
    ['UND_ERR_CLOSED', undefined, 'client-closed'],
  ])('%s in %s surely came before sending', (code, syscall, cause) => {
    expect(classifyNetworkError(errorOf(code, syscall), false)).toEqual({
      type: 'failure',
      phase: 'before-sent',
      cause,
      misconfigured: false,
    })
  })

  test.each([
    ['ECONNRESET', 'read', 'connection-reset'],
    ['EPIPE', 'write', 'connection-reset'],
    ['ETIMEDOUT', 'read', 'timeout'],
    // Linux ends the retransmissions of an open connection with it.
    ['EHOSTUNREACH', 'read', 'unreachable'],
    ['UND_ERR_SOCKET', undefined, 'connection-reset'],
    ['UND_ERR_HEADERS_TIMEOUT', undefined, 'timeout'],
    ['UND_ERR_BODY_TIMEOUT', undefined, 'timeout'],
    // The pool gives it to requests in work too.
    ['UND_ERR_DESTROYED', undefined, 'client-closed'],
    ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', undefined, 'invalid-response'],
    ['SOMETHING_NEW', undefined, 'network'],
  ])('%s in %s counts as after sending', (code, syscall, cause) => {
    expect(classifyNetworkError(errorOf(code, syscall), false)).toEqual({
      type: 'failure',
      phase: 'after-sent',
      cause,
      misconfigured: false,
    })
  })

  test.each([
    ['ENOTFOUND', 'dns'],
    ['EAI_AGAIN', 'dns'],
    ['EAI_FAIL', 'dns'],
    ['CERT_HAS_EXPIRED', 'tls'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
  ])('%s is a configuration that cannot work, seen before sending', (code, cause) => {
    expect(classifyNetworkError(errorOf(code), false)).toEqual({
      type: 'failure',
      phase: 'before-sent',
      cause,
      misconfigured: true,
    })
  })

  test('an alert of TLS may come after the request, and is misconfigured all the same', () => {
    expect(classifyNetworkError(errorOf('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'), false)).toMatchObject({
      phase: 'after-sent',
      cause: 'tls',
      misconfigured: true,
    })
  })

  test('a host with several addresses is before sending only if each of them is', () => {
    const refused = errorOf('ECONNREFUSED', 'connect')
    const both = new AggregateError([refused, errorOf('ENETUNREACH', 'connect')])
    expect(classifyNetworkError(both, false)).toMatchObject({
      phase: 'before-sent',
      cause: 'connection-refused',
    })
    const mixed = new AggregateError([refused, errorOf('ECONNRESET', 'read')])
    expect(classifyNetworkError(mixed, false)).toMatchObject({ phase: 'after-sent' })
  })

  test('our own signal decides, whatever the client says', () => {
    const timeout = new DOMException('too long', 'TimeoutError')
    expect(classifyNetworkError(timeout, true)).toMatchObject({ phase: 'after-sent', cause: 'timeout' })
    expect(classifyNetworkError(errorOf('ECONNREFUSED', 'connect'), true)).toMatchObject({
      phase: 'after-sent',
      cause: 'aborted',
    })
  })

  test('what is no error at all is after sending', () => {
    expect(classifyNetworkError('odd', false)).toMatchObject({ phase: 'after-sent', cause: 'network' })
  })
})
