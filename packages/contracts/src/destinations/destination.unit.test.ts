import { readFileSync } from 'node:fs'
import { destinationOf, IntegrationPolicy, IntegrationsFile } from '../integrations/integrations.ts'
import { DestinationKind } from './destination-kind.ts'

const faultsOf = (row: unknown): string[] =>
  (IntegrationPolicy.safeParse(row).error?.issues ?? []).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  )

test.each([
  { kind: 'webhook', target: { url: 'https://portal.example/hooks/centers' } },
  { kind: 'webhook', target: { url: 'http://127.0.0.1:9000/hooks', rejected_by: [422] } },
  { kind: 'rabbitmq', target: { url: 'amqps://rabbit.example/sales', exchange: 'centers' } },
  { kind: 'kafka', target: { brokers: ['k1:9092', '[::1]:9092'], topic: 'centers', sasl: 'scram-sha-512' } },
  { kind: 'sns', target: { topic_arn: 'arn:aws:sns:sa-east-1:123456789012:centers.fifo' } },
  { kind: 'sqs', target: { queue_url: 'https://sqs.sa-east-1.amazonaws.com/123456789012/centers' } },
  { kind: 'pubsub', target: { topic: 'projects/other/topics/centers', ordering: true } },
])('$kind is a row: $target', (row) => {
  expect(faultsOf(row)).toEqual([])
  expect(destinationOf(IntegrationPolicy.parse(row))).toMatchObject(row)
})

test.each([
  [{ kind: 'amqp', target: {} }, /^kind: /],
  [{ kind: 'kafka' }, /^target: Must say where/],
  [{ target: { url: 'https://example.com' } }, /^target: Needs a kind/],
  [{ kind: 'webhook', target: { url: 'https://a.example' }, url: 'https://a.example' }, /^url: /],
  [{ kind: 'webhook', target: { url: 'http://a.example' } }, /^target\.url: Must be https/],
  [{ kind: 'webhook', target: { url: 'https://user:secret@a.example' } }, /^target\.url: .*no credentials/],
  [
    { kind: 'rabbitmq', target: { url: 'amqp://rabbit.example', exchange: 'x' } },
    /^target\.url: Must be amqps/,
  ],
  ...['amqps:rabbit.example/v', 'amqps:///v', 'amqps://', 'amqps:\\\\r.example'].map(
    (url): [object, RegExp] => [
      { kind: 'rabbitmq', target: { url, exchange: 'x' } },
      /^target\.url: Must have \/\/ and a host: the form is amqps:/,
    ],
  ),
  [{ kind: 'rabbitmq', target: { url: 'amqps://rabbit.example' } }, /^target\.exchange: Must be the name/],
  [{ kind: 'kafka', target: { brokers: ['k1'], topic: 'x' } }, /^target\.brokers\.0: Must be host:port/],
  [{ kind: 'sns', target: { topic_arn: 'arn:aws:sqs:sa-east-1:123456789012:x' } }, /^target\.topic_arn: /],
  [{ kind: 'pubsub', target: { topic: 'centers' } }, /^target\.topic: Must be a topic like/],
  [
    { kind: 'kafka', target: { brokers: ['k1:1'], topic: 'x', password: 's3cret' } },
    /^target: password is no field of a target of kind kafka: brokers, topic, sasl, tls are$/,
  ],
  [
    { kind: 'kafka', target: { brokers: ['k1:65536'], topic: 'x' } },
    /^target\.brokers\.0: Must be host:port/,
  ],
  [{ kind: 'kafka', target: { topic: 'x' } }, /^target\.brokers: Must be a list .*"k1\.example:9092"/],
  [{ kind: 'kafka', target: { brokers: ['k1:1'] } }, /^target\.topic: Must be a topic/],
  [{ kind: 'sns', target: {} }, /^target\.topic_arn: Must be an ARN like/],
  [{ kind: 'sqs', target: {} }, /^target\.queue_url: Must be an address like/],
  [{ kind: 'pubsub', target: {} }, /^target\.topic: Must be a topic like/],
  [
    { kind: 'rabbitmq', target: { url: 'amqps://r.example', exchange: 'x', routing_key: 'center.{typ}' } },
    /^target\.routing_key: .*no other placeholder/,
  ],
  [{ kind: 'sns', target: 'arn' }, /^target: Must be an object/],
])('%j is refused, and the field is named', (row, words) => {
  expect(faultsOf(row)).toEqual([expect.stringMatching(words)])
})

test('a row without a kind is no destination', () => {
  expect(destinationOf(IntegrationPolicy.parse({}))).toBeUndefined()
})

test('the list of docs/destinations.md is right, and has every kind', () => {
  const text = readFileSync(new URL('../../../../docs/destinations.md', import.meta.url), 'utf8')
  const list: unknown = JSON.parse(/```json\n(.*?)```/s.exec(text)?.[1] ?? '')
  const rows = Object.values(IntegrationsFile.parse(list).integrations)
  expect(rows.map(({ kind }) => kind)).toEqual(DestinationKind.options)
})
