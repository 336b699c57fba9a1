import {
  makeRabbitmqTarget,
  openAwsAccount,
  openTopic,
  type TestQueue,
} from '@mensageria/destinations/testing'
import { startKafkaProxy, useKafka, useMoto, useRabbitmq } from '@mensageria/testkit/brokers'
import { startTcpProxy, type TcpProxy } from '@mensageria/testkit/tcp-proxy'

/** A message as a consumer reads it: what it needs to know which center, which version, and whether it had it before. */
export type ReadMessage = { centerId: string; version: number; idempotencyKey: string }

/** A destination on a real broker: its row leads through the proxy, its consumer does not. */
export type TestDestination = {
  name: string
  row: object
  /** What a process needs to send there. */
  env: Readonly<Record<string, string>>
  proxy: TcpProxy
  /** Everything that the consumer has read so far, in its order. */
  read(): Promise<readonly ReadMessage[]>
  close(): Promise<void>
}

/** An exchange of RabbitMQ, for the destination `erp`. */
export const openRabbitmqDestination = async (): Promise<TestDestination> => {
  const { host, port } = await useRabbitmq()
  const proxy = await startTcpProxy(`${host}:${port}`)
  const { row, received, close } = await makeRabbitmqTarget(proxy)
  return {
    name: 'erp',
    row: row.destination,
    env: row.env,
    proxy,
    read: async () =>
      received().map(({ attributes, idempotencyKey }) => ({
        centerId: String(attributes['subject']),
        version: Number(attributes['sequence']),
        idempotencyKey,
      })),
    close: async () => {
      await close()
      await proxy.close()
    },
  }
}

/** A topic of Kafka, for the destination `lake`. */
export const openKafkaDestination = async (): Promise<TestDestination> => {
  const topic = await openTopic((await useKafka()).brokers)
  const proxy = await startKafkaProxy()
  return {
    name: 'lake',
    row: { kind: 'kafka', target: { brokers: [proxy.host], topic: topic.topic } },
    env: {},
    proxy,
    read: async () =>
      (await topic.read(0)).map(({ headers }) => ({
        centerId: String(headers['ce_subject']),
        version: Number(headers['ce_sequence']),
        idempotencyKey: String(headers['idempotency-key']),
      })),
    close: async () => {
      await topic.close()
      await proxy.close()
    },
  }
}

type QueueMessage = Awaited<ReturnType<TestQueue['take']>>[number]

const toReadMessage = ({ MessageAttributes = {} }: QueueMessage): ReadMessage => {
  const textOf = (name: string) => String(MessageAttributes[name]?.StringValue)
  return {
    centerId: textOf('ce-subject'),
    version: Number(textOf('ce-sequence')),
    idempotencyKey: textOf('idempotency-key'),
  }
}

/** A FIFO topic of SNS with a queue behind it, for the destination `partner`. */
export const openSnsDestination = async (): Promise<TestDestination> => {
  const moto = await useMoto()
  const { arn, queue } = await openAwsAccount(moto).topic({ fifo: true })
  const proxy = await startTcpProxy(new URL(moto.endpoint).host)
  const messages: ReadMessage[] = []
  return {
    name: 'partner',
    row: { kind: 'sns', target: { topic_arn: arn, endpoint: `http://${proxy.host}` } },
    env: { AWS_ACCESS_KEY_ID: moto.accessKeyId, AWS_SECRET_ACCESS_KEY: moto.secretAccessKey },
    proxy,
    read: async () => {
      for (const message of await queue.take()) messages.push(toReadMessage(message))
      return messages
    },
    close: () => proxy.close(),
  }
}
