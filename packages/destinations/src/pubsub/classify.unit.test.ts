import { classify, NoCredentialsError } from './classify.ts'

const failure = (code: number, details: string, more = {}) =>
  Object.assign(new Error(`${code} NAME: ${details}`), { code, details, ...more })

test.each([
  [1, 'Cancelled on client', 'unknown', 'aborted'],
  [2, 'No status information received', 'unknown', 'grpc-2'],
  [3, 'You have passed an invalid argument', 'misconfigured', 'invalid-argument'],
  [
    4,
    'Deadline exceeded after 29.008s,name resolution: 0.043s,Waiting for LB pick',
    'transient',
    'no-connection',
  ],
  [4, 'Deadline exceeded after 29.1s,LB pick: 0.1s,remote_addr=127.0.0.1:8085', 'unknown', 'timeout'],
  [5, 'Resource not found (resource=centers).', 'misconfigured', 'topic-not-found'],
  [7, 'User not authorized to perform this action.', 'misconfigured', 'permission-denied'],
  [8, 'Quota exceeded', 'transient', 'resource-exhausted'],
  [9, 'The KMS key is disabled', 'misconfigured', 'failed-precondition'],
  [10, 'Aborted', 'unknown', 'grpc-10'],
  [12, 'Received HTTP status code 404', 'misconfigured', 'no-pubsub'],
  [13, 'Received RST_STREAM with code 2', 'unknown', 'grpc-13'],
  [14, 'No connection established. Last error: connect ECONNREFUSED', 'transient', 'no-connection'],
  [14, 'No connection established. Last error: read ECONNRESET', 'transient', 'no-connection'],
  [14, 'Name resolution failed for target dns:pubsub.googleapis.com:443', 'transient', 'no-connection'],
  [14, 'The service was unable to fulfill your request', 'transient', 'unavailable'],
  [14, 'Received HTTP status code 503', 'transient', 'unavailable'],
  [14, 'Connection dropped', 'unknown', 'grpc-14'],
  [14, 'read ECONNRESET', 'unknown', 'grpc-14'],
  [16, 'Request had invalid authentication credentials.', 'misconfigured', 'unauthenticated'],
  [16, 'Getting metadata from plugin failed with error: invalid_grant', 'misconfigured', 'no-credentials'],
  [
    2,
    'Getting metadata from plugin failed with error: Could not load the default credentials',
    'misconfigured',
    'no-credentials',
  ],
  [
    14,
    'Getting metadata from plugin failed with error: request to metadata failed, ENOTFOUND',
    'transient',
    'no-token',
  ],
])('%d, %s: %s', (code, details, kind, cause) => {
  expect(classify(failure(code, details))).toMatchObject({
    kind,
    cause,
    message: expect.stringContaining(details),
  })
})

test.each([
  [{ seconds: '3', nanos: 500_000_000 }, 3_500],
  [{ seconds: 100_000 }, 600_000],
  [{ nanos: 1 }, 1],
  [{ seconds: 0 }, undefined],
])('the time that an answer asks for is kept: %j', (retryDelay, retryAfterMs) => {
  for (const code of [8, 14]) {
    const outcome = classify(failure(code, 'Slow down', { statusDetails: [{ other: 1 }, { retryDelay }] }))
    expect(outcome).toMatchObject({
      kind: 'transient',
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    })
    expect('retryAfterMs' in outcome).toBe(retryAfterMs !== undefined)
  }
})

test.each([
  [new NoCredentialsError('Could not load the default credentials.'), 'misconfigured', 'no-credentials'],
  [new Error('The client has already been closed.'), 'transient', 'closing'],
  [new TypeError('a defect'), 'unknown', 'unexpected'],
])('what has no code: %s', (error, kind, cause) => {
  expect(classify(error)).toEqual({ kind, cause, message: error.message })
})
