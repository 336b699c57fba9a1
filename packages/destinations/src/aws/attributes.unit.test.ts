import { toEvent } from '@mensageria/contracts'
import { center } from '@mensageria/contracts/samples'
import { toMessage } from '../to-message.ts'
import { fifoOf, toAttributes, tooLarge } from './attributes.ts'

const TRACE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
const KEY = `${center.id}:1:partner:0123456789ab`
const message = toMessage(toEvent(center, TRACE), KEY)

test('an event is ten attributes at most, with names that SNS and SQS take', () => {
  const attributes = toAttributes(message)
  expect(Object.keys(attributes)).toHaveLength(10)
  for (const name of Object.keys(attributes)) {
    expect(name).toMatch(/^(?!aws\.|amazon\.)[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/i)
  }
  const texts = Object.fromEntries(
    Object.entries(attributes).map(([name, { StringValue }]) => [name, StringValue]),
  )
  expect(texts).toEqual({
    'ce-specversion': '1.0',
    'ce-id': `${center.id}:1`,
    'ce-source': '/mensageria/registration',
    'ce-type': 'br.mensageria.distribution-center.registered.v1',
    'ce-subject': center.id,
    'ce-time': center.updatedAt,
    'ce-sequence': '1',
    'ce-datacontenttype': 'application/json',
    'idempotency-key': KEY,
    traceparent: TRACE,
  })
})

test('a FIFO name gives one group for each center and one message for each key', () => {
  expect(fifoOf('arn:aws:sns:sa-east-1:123456789012:centers.fifo', message)).toEqual({
    MessageGroupId: center.id,
    MessageDeduplicationId: KEY,
  })
  expect(fifoOf('arn:aws:sns:sa-east-1:123456789012:centers', message)).toEqual({})
  expect(fifoOf('arn:aws:sns:sa-east-1:123456789012:centers-fifo', message)).toEqual({})
})

test('what no topic and no queue takes is refused before it is sent, by its bytes', () => {
  const attributes = { a: { DataType: 'String', StringValue: 'b' } } as const
  const rest = 'aStringb'.length
  expect(tooLarge('x'.repeat(1_048_576 - rest), attributes)).toBeUndefined()
  expect(tooLarge(`é${'x'.repeat(1_048_575 - rest)}`, attributes)).toEqual({
    kind: 'rejected',
    cause: 'rejected:message-too-large',
    message: 'The message has 1048577 bytes, and 1048576 are taken at most',
  })
})
