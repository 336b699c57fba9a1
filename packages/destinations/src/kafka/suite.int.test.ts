import { startKafkaProxy, useKafka, type BrokerUser } from '@mensageria/testkit/brokers'
import { describeDestination, type Received, type RowUnderTest } from '@mensageria/testkit/destination-suite'
import { needs } from '@mensageria/testkit/needs'
import { openDestination } from '../testing/open-destination.ts'
import { openTopic, type ReadRecord } from './testing/open-topic.ts'

const toReceived = ({ key, value, headers }: ReadRecord): Received => {
  const attributes = Object.fromEntries(
    Object.entries(headers).flatMap(([name, text]) =>
      name.startsWith('ce_') ? [[name.slice(3), text]] : [],
    ),
  )
  expect(key).toBe(attributes['subject'])
  return {
    attributes,
    body: JSON.parse(value),
    contentType: headers['content-type'] ?? '',
    idempotencyKey: headers['idempotency-key'] ?? '',
    traceparent: headers['traceparent'] ?? '',
  }
}

const rowOf = (topic: string, brokers: string[]): RowUnderTest => ({
  destination: { kind: 'kafka', target: { brokers, topic, tls: false } },
  env: {},
})

const signedIn = (topic: string, brokers: string[], { username, password }: BrokerUser): RowUnderTest => ({
  destination: { kind: 'kafka', target: { brokers, topic, sasl: 'scram-sha-512', tls: false } },
  env: { ERP_USERNAME: username, ERP_PASSWORD: password },
})

needs('kafka').describe('kafka', () => {
  describeDestination({
    kind: 'kafka',
    open: openDestination,
    startProxy: startKafkaProxy,
    makeTarget: async (proxy) => {
      const { brokers, sasl } = await useKafka()
      const { topic, records, read, close } = await openTopic(brokers)
      await read(0)
      return {
        row: rowOf(topic, [proxy.host]),
        refused: signedIn(topic, sasl.brokers, sasl.stranger),
        missing: rowOf(`${topic}-that-is-not-there`, [proxy.host]),
        received: () => records.map(toReceived),
        close,
      }
    },
    expected: {
      refused: { kind: 'misconfigured', cause: 'cluster-authorization-failed' },
      missing: { kind: 'misconfigured', cause: 'unknown-topic-or-partition' },
      tooLarge: { kind: 'rejected', cause: 'rejected:message-too-large' },
    },
  })
})
