import { classifyAwsError } from './classify-aws-error.ts'
import { secretsOfRequest } from './request-secrets.ts'

const SENT = { sent: true, aborted: false, now: Date.parse('2026-11-28T12:00:00Z') }
const none = () => undefined
const classify = (error: unknown, circumstances: Partial<typeof SENT> = {}) =>
  classifyAwsError(error, { ...SENT, ...circumstances }, none)

const service = (name: string, httpStatusCode: number, more: object = {}) =>
  Object.assign(new Error('said so'), { name, $fault: 'client', $metadata: { httpStatusCode }, ...more })
const node = (code: string, more: object = {}) =>
  Object.assign(new Error('socket'), { code, $metadata: { attempts: 1 }, ...more })

describe('an answer of the service', () => {
  test.each([
    ['AccessDenied', 403, 'access-denied'],
    ['AccessDeniedException', 400, 'access-denied'],
    ['ExpiredTokenException', 403, 'expired-token'],
    ['InvalidClientTokenId', 403, 'invalid-client-token-id'],
    ['SignatureDoesNotMatch', 403, 'signature-does-not-match'],
    ['KMSAccessDeniedException', 400, 'kms-access-denied'],
    ['InvalidParameterException', 400, 'invalid-parameter'],
    ['AWS.SimpleQueueService.NonExistentQueue', 400, 'non-existent-queue'],
  ])('%s is a configuration error', (name, status, cause) => {
    expect(classify(service(name, status))).toEqual({
      kind: 'misconfigured',
      cause,
      message: expect.stringMatching(`^Answered ${status} ${name}: said so`),
      httpStatus: status,
    })
  })

  test.each([
    ['Throttling', 400, 'throttling'],
    ['ThrottledException', 429, 'throttled'],
    ['RequestThrottled', 403, 'request-throttled'],
    ['KmsThrottled', 400, 'kms-throttled'],
    ['KMSThrottlingException', 400, 'kms-throttling'],
    ['SlowDown', 503, 'slow-down'],
    ['InternalFailure', 500, 'internal-failure'],
    ['ServiceUnavailable', 503, 'service-unavailable'],
  ])('%s passes, and comes back after the time that it says', (name, status, cause) => {
    const passing = { kind: 'transient', cause, httpStatus: status }
    expect(classify(service(name, status))).toMatchObject(passing)
    expect(classify(service(name, status))).not.toHaveProperty('retryAfterMs')
    const $response = { headers: { 'retry-after': '7' } }
    expect(classify(service(name, status, { $response }))).toMatchObject({ ...passing, retryAfterMs: 7_000 })
    const late = { headers: { 'retry-after': '86400' } }
    expect(classify(service(name, status, { $response: late }))).toMatchObject({ retryAfterMs: 600_000 })
  })

  test('a clock that is wrong passes where the SDK takes that of the answer, and is a configuration error where not', () => {
    const $metadata = { httpStatusCode: 403, clockSkewCorrected: true }
    expect(classify(service('SignatureDoesNotMatch', 403, { $metadata }))).toMatchObject({
      kind: 'transient',
      cause: 'clock-skew',
    })
    expect(classify(service('RequestTimeTooSkewed', 403))).toMatchObject({
      kind: 'misconfigured',
      cause: 'request-time-too-skewed',
    })
  })

  test('an error in the body of a success is no word about the data', () => {
    expect(classify(service('InternalError', 200))).toMatchObject({
      kind: 'unknown',
      cause: 'unexpected-body',
    })
  })

  test.each([
    ['NotFoundException', 'create it, or correct the row'],
    ['QueueDoesNotExist', 'create it, or correct the row'],
    ['AWS.SimpleQueueService.NonExistentQueue', 'create it, or correct the row'],
    ['AccessDeniedException', 'our role and the policy of the target must allow it'],
    ['AuthorizationErrorException', 'our role and the policy of the target must allow it'],
    ['ExpiredToken', 'check the credentials of AWS in the environment'],
    ['InvalidClientTokenId', 'check the credentials of AWS in the environment'],
    ['KMSDisabledException', 'check its key, and what our role may do with it'],
    ['KmsAccessDenied', 'check its key, and what our role may do with it'],
  ])('%s says what to do: %s', (name, advice) => {
    const { message } = classify(service(name, 400, { message: 'It says so.' }))
    expect(message).toBe(`Answered 400 ${name}: It says so: ${advice}`)
  })

  test('only the first line of its words is kept: behind it is the request as it was signed', () => {
    const error = service('SignatureDoesNotMatch', 403, {
      message: 'It does not match.\n\nThe Canonical String for this request should have been\nPOST',
    })
    expect(classify(error)).toMatchObject({
      message: expect.stringMatching(
        /^Answered 403 SignatureDoesNotMatch: It does not match: check the cred[a-z ]+AWS in/,
      ),
    })
  })
})

describe('an answer of something in between', () => {
  const strange = (httpStatusCode: number, headers = {}) =>
    Object.assign(new SyntaxError('Unexpected token'), {
      $metadata: { httpStatusCode },
      $response: { headers },
    })
  test.each([
    [404, 'misconfigured', 'http-404'],
    [413, 'misconfigured', 'http-413'],
    [302, 'misconfigured', 'http-302'],
    [503, 'transient', 'http-503'],
    [200, 'unknown', 'unexpected-body'],
  ])('with the status %d is %s', (status, kind, cause) => {
    expect(classify(strange(status))).toMatchObject({ kind, cause })
    expect(classify(service('Unknown', status))).toMatchObject({ kind, cause })
  })
  test('keeps its time to wait', () => {
    expect(classify(strange(503, { 'retry-after': '3' }))).toMatchObject({ retryAfterMs: 3_000 })
  })
  test('is in doubt where a success breaks off', () => {
    expect(classify(node('ECONNRESET', { $metadata: { httpStatusCode: 200 } }))).toMatchObject({
      kind: 'unknown',
    })
  })
})

describe('no answer', () => {
  test.each([
    ['refused', node('ECONNREFUSED', { syscall: 'connect' }), 'transient', 'connection-refused'],
    ['a region that is none', node('ENOTFOUND', { syscall: 'getaddrinfo' }), 'misconfigured', 'dns'],
    [
      'no connection in time',
      Object.assign(new Error('x'), { name: 'TimeoutError' }),
      'transient',
      'connect-timeout',
    ],
    ['a foreign certificate', node('DEPTH_ZERO_SELF_SIGNED_CERT'), 'misconfigured', 'tls'],
    ['a reset', node('ECONNRESET', { name: 'TimeoutError' }), 'unknown', 'connection-reset'],
    [
      'a tunnel that is refused',
      node('ERR_PROXY_TUNNEL', { statusCode: 403 }),
      'misconfigured',
      'proxy-http-403',
    ],
    ['a tunnel that fails', node('ERR_PROXY_TUNNEL', { statusCode: 502 }), 'transient', 'proxy-http-502'],
    ['a tunnel that breaks off', node('ERR_PROXY_TUNNEL'), 'transient', 'proxy-connection-reset'],
    ['something else', 'text', 'unknown', 'network'],
  ])('%s', (_, error, kind, cause) => {
    expect(classify(error)).toMatchObject({ kind, cause })
  })

  test('the time is up after the request left: in doubt', () => {
    const error = new DOMException('The call took too long', 'TimeoutError')
    expect(classify(error, { aborted: true })).toMatchObject({ kind: 'unknown', cause: 'timeout' })
  })
})

describe('before the request left', () => {
  const before = (error: unknown, aborted = false) => classify(error, { sent: false, aborted })
  test('no credentials are a configuration error', () => {
    const error = Object.assign(new Error('Could not load credentials from any providers'), {
      name: 'CredentialsProviderError',
    })
    expect(before(error)).toEqual({
      kind: 'misconfigured',
      cause: 'credentials',
      message: 'No credentials of AWS: Could not load credentials from any providers',
    })
  })
  test('the command of credential_process is not repeated', () => {
    const error = new Error('Command failed: /usr/bin/vault --token s3cret\nno such file')
    expect(before(error)).toMatchObject({
      message: 'No credentials of AWS: The command of credential_process failed',
    })
  })
  test('a token service that is down passes, and has no effect', () => {
    expect(before(service('ServiceUnavailable', 503))).toMatchObject({ cause: 'credentials-unavailable' })
    expect(before(service('AccessDenied', 403))).toMatchObject({
      kind: 'misconfigured',
      cause: 'credentials',
    })
  })
  test('what is given up while the credentials are awaited has no effect', () => {
    const late = new DOMException('The call took too long', 'TimeoutError')
    expect(before(late, true)).toMatchObject({ kind: 'transient', cause: 'credentials-timeout' })
    const ended = new DOMException('The process ends', 'AbortError')
    expect(before(ended, true)).toMatchObject({ kind: 'transient', cause: 'aborted' })
  })
  test('an address that the SDK cannot make is a configuration error', () => {
    const error = Object.assign(new Error('FIPS and custom endpoint are not supported'), {
      name: 'EndpointError',
    })
    expect(before(error)).toMatchObject({ kind: 'misconfigured', cause: 'endpoint' })
  })
})

test('what a request signs in with is known, so that no outcome repeats it', () => {
  const authorization =
    'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261128/sa-east-1/sns/aws4_request, SignedHeaders=host;x-amz-date, Signature=abc123'
  const headers = { authorization, 'x-amz-security-token': 'IQoJb3Jp//token==', host: 'sns' }
  expect(secretsOfRequest({ headers })).toEqual(['AKIDEXAMPLE', 'abc123', 'IQoJb3Jp//token=='])
  expect(secretsOfRequest({ headers: { authorization } })).toEqual(['AKIDEXAMPLE', 'abc123'])
  expect(secretsOfRequest(undefined)).toEqual([])
})
