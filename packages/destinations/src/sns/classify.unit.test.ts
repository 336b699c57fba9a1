import * as sdk from '@aws-sdk/client-sns'
import { answered, classify } from './classify.ts'

const CIRCUMSTANCES = { sent: true, aborted: false, now: 0 }
const options = (httpStatusCode: number, message = 'words') => ({
  message,
  $metadata: { httpStatusCode },
})

const isException = (value: unknown): value is new (options: object) => Error =>
  typeof value === 'function' && value.prototype instanceof sdk.SNSServiceException
const exported: unknown[] = Object.values(sdk)
const exceptions = exported.filter(isException)
const PASSING = ['ThrottledException', 'KMSThrottlingException']

test.each(exceptions.map((Exception) => [Exception.name, Exception] as const))(
  'the 400 of %s says nothing about the data',
  (name, Exception) => {
    const kind = PASSING.includes(name) ? 'transient' : 'misconfigured'
    expect(classify(new Exception(options(400)), CIRCUMSTANCES)).toMatchObject({ kind })
  },
)

test('every class of the SDK is tried', () => {
  const names = exceptions.map(({ name }) => name)
  expect(names).toEqual(
    expect.arrayContaining([...PASSING, 'NotFoundException', 'AuthorizationErrorException']),
  )
})

test.each(['Invalid parameter: Message too long', 'An error occurred: Message too long'])(
  '"%s" is proof that the data is refused',
  (message) => {
    const error = new sdk.InvalidParameterException(options(400, message))
    expect(classify(error, CIRCUMSTANCES)).toMatchObject({
      kind: 'rejected',
      cause: 'rejected:message-too-large',
      httpStatus: 400,
    })
  },
)

test('the words alone are no proof, nor is another parameter', () => {
  const words = 'Message too long'
  const denied = new sdk.AuthorizationErrorException(options(403, words))
  expect(classify(denied, CIRCUMSTANCES)).toMatchObject({ kind: 'misconfigured' })
  const other = new sdk.InvalidParameterException(options(400, 'Invalid parameter: MessageGroupId'))
  expect(classify(other, CIRCUMSTANCES)).toMatchObject({ kind: 'misconfigured' })
})

test('an answer without an id is no delivery', () => {
  expect(answered({ MessageId: 'm-1' })).toEqual({ kind: 'delivered', externalId: 'm-1' })
  expect(answered({ MessageId: undefined })).toMatchObject({ kind: 'unknown', cause: 'unexpected-body' })
})
