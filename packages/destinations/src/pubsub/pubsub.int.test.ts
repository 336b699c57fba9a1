import { randomUUID } from 'node:crypto'
import { PubSub, type Message } from '@google-cloud/pubsub'
import {
  describeDestination,
  type Received,
  type RowUnderTest,
  type TargetUnderTest,
} from '@mensageria/testkit/destination-suite'
import { useEmulators } from '@mensageria/testkit/emulators'
import { needs } from '@mensageria/testkit/needs'
import { startTcpProxy, type TcpProxy } from '@mensageria/testkit/tcp-proxy'
import { openDestination } from '../testing/open-destination.ts'
import { REQUEST_BYTES_MAX } from './to-pubsub-message.ts'

const PROJECT = 'other-project'

const toReceived = ({ attributes, data, orderingKey }: Message): Received => {
  const {
    'ce-datacontenttype': contentType = '',
    'idempotency-key': idempotencyKey = '',
    traceparent = '',
    ...rest
  } = attributes
  expect(orderingKey).toBe(attributes['ce-subject'])
  return {
    attributes: Object.fromEntries(
      Object.entries(rest).map(([name, value]) => [name.replace(/^ce-/, ''), value]),
    ),
    contentType,
    body: JSON.parse(data.toString()),
    idempotencyKey,
    traceparent,
  }
}

const rowOf = (proxy: TcpProxy, topic: string): RowUnderTest => ({
  destination: { kind: 'pubsub', target: { topic: `projects/${PROJECT}/topics/${topic}`, ordering: true } },
  env: { PUBSUB_EMULATOR_HOST: proxy.host },
})

const makeTarget = async (proxy: TcpProxy): Promise<TargetUnderTest> => {
  const pubsub = new PubSub({ projectId: PROJECT })
  const name = `centers-${randomUUID()}`
  const [topic] = await pubsub.createTopic(name)
  const [subscription] = await topic.createSubscription(name, { enableMessageOrdering: true })
  const received: Received[] = []
  subscription.on('message', (message: Message) => {
    received.push(toReceived(message))
    message.ack()
  })
  return {
    row: rowOf(proxy, name),
    missing: rowOf(proxy, `${name}-that-is-not-there`),
    received: () => received,
    close: async () => {
      await subscription.close()
      await subscription.delete()
      await topic.delete()
      await pubsub.close()
    },
  }
}

needs('emulators').describe('pubsub', () => {
  // Nobody answers there, and it would be asked even in front of an emulator.
  beforeAll(() => {
    process.env['METADATA_SERVER_DETECTION'] = 'none'
  })
  describeDestination({
    kind: 'pubsub',
    open: openDestination,
    startProxy: async () => startTcpProxy((await useEmulators()).pubsub),
    makeTarget,
    expected: {
      missing: { kind: 'misconfigured', cause: 'topic-not-found' },
      tooLarge: { kind: 'rejected', cause: 'rejected:message-too-large' },
      tooLargeBytes: REQUEST_BYTES_MAX,
    },
  })
})
