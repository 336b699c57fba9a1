import * as sdk from '@aws-sdk/client-sqs'
import { answered, classify } from './classify.ts'
import { md5OfAttributes, md5OfBody } from './digests.ts'

const CIRCUMSTANCES = { sent: true, aborted: false, now: 0 }
const options = (httpStatusCode: number, message = 'words') => ({
  message,
  $metadata: { httpStatusCode },
})

const isException = (value: unknown): value is new (options: object) => Error =>
  typeof value === 'function' && value.prototype instanceof sdk.SQSServiceException
const exported: unknown[] = Object.values(sdk)
const exceptions = exported.filter(isException)
const KINDS: Readonly<Record<string, string>> = {
  RequestThrottled: 'transient',
  KmsThrottled: 'transient',
  InvalidMessageContents: 'rejected',
}

test.each(exceptions.map((Exception) => [Exception.name, Exception] as const))(
  'the 400 of %s is what it says',
  (name, Exception) => {
    const kind = KINDS[name] ?? 'misconfigured'
    expect(classify(new Exception(options(400)), CIRCUMSTANCES)).toMatchObject({ kind })
  },
)

test('every class of the SDK is tried', () => {
  const names = exceptions.map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining([...Object.keys(KINDS), 'QueueDoesNotExist']))
})

test.each([1_024, 262_144, 1_048_576])(
  'a queue that takes %d bytes proves that it refuses the data',
  (bytes) => {
    const message = `One or more parameters are invalid. Reason: Message must be shorter than ${bytes} bytes.`
    const error = Object.assign(new Error(message), {
      name: 'InvalidParameterValue',
      $fault: 'client',
      $metadata: { httpStatusCode: 400 },
    })
    expect(classify(error, CIRCUMSTANCES)).toMatchObject({
      kind: 'rejected',
      cause: 'rejected:message-too-large',
    })
  },
)

// The digests that moto gives for the same text, as SQS does.
const attributes = Object.fromEntries(
  Array.from({ length: 10 }, (_, n) => [`ce-a${n}`, { DataType: 'String', StringValue: `v${n}` } as const]),
)
const sent = { body: 'héllo', attributes }
const right = {
  MessageId: 'm-1',
  MD5OfMessageBody: 'be50e8478cf24ff3595bc7307fb91b50',
  MD5OfMessageAttributes: '1b044ac875460a6b23949afa64ffa2cb',
}

test('the digests are those of SQS, in whatever order the attributes are', () => {
  expect(md5OfBody(sent.body)).toBe(right.MD5OfMessageBody)
  const turned = Object.fromEntries(Object.entries(attributes).toReversed())
  expect(md5OfAttributes(turned)).toBe(right.MD5OfMessageAttributes)
})

test('a message is delivered where SQS has an id for it and what was sent', () => {
  expect(answered(right, sent)).toEqual({ kind: 'delivered', externalId: 'm-1' })
  expect(answered({ ...right, MD5OfMessageAttributes: undefined }, sent)).toMatchObject({ kind: 'delivered' })
})

test.each([{ MessageId: undefined }, { MD5OfMessageBody: '00' }, { MD5OfMessageAttributes: '00' }])(
  'with %j the outcome is unknown',
  (wrong) => {
    expect(answered({ ...right, ...wrong }, sent)).toMatchObject({
      kind: 'unknown',
      cause: 'unexpected-body',
    })
  },
)
