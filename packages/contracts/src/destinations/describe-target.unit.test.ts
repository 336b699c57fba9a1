import { describeTarget } from './describe-target.ts'
import { Destination } from './destination.ts'

test.each([
  [{ kind: 'webhook', target: { url: 'https://portal.example/hooks' } }, 'https://portal.example/hooks'],
  [
    { kind: 'rabbitmq', target: { url: 'amqps://r.example/sales', exchange: 'centers' } },
    'r.example/sales/centers',
  ],
  [{ kind: 'rabbitmq', target: { url: 'amqps://r.example:5671/', exchange: 'x' } }, 'r.example:5671/x'],
  [
    { kind: 'kafka', target: { brokers: ['k1:9092', 'k2:9092'], topic: 'centers' } },
    'k1:9092,k2:9092/centers',
  ],
  [
    { kind: 'sns', target: { topic_arn: 'arn:aws:sns:sa-east-1:123456789012:centers.fifo' } },
    'arn:aws:sns:sa-east-1:123456789012:centers.fifo',
  ],
  [
    { kind: 'sqs', target: { queue_url: 'https://sqs.sa-east-1.amazonaws.com/123456789012/centers' } },
    'https://sqs.sa-east-1.amazonaws.com/123456789012/centers',
  ],
  [{ kind: 'pubsub', target: { topic: 'projects/other/topics/centers' } }, 'projects/other/topics/centers'],
])('%j is %s', (row, line) => {
  expect(describeTarget(Destination.parse(row))).toBe(line)
})
