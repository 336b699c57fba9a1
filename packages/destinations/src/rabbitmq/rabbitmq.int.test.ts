import { randomUUID } from 'node:crypto'
import { useRabbitmq, type BrokerUser } from '@mensageria/testkit/brokers'
import {
  describeDestination,
  type Received,
  type RowUnderTest,
  type TargetUnderTest,
} from '@mensageria/testkit/destination-suite'
import { needs } from '@mensageria/testkit/needs'
import { startTcpProxy, type TcpProxy } from '@mensageria/testkit/tcp-proxy'
import { Connection, type AsyncMessage } from 'rabbitmq-client'
import { openDestination } from '../testing/open-destination.ts'

const PREFIX = 'cloudEvents:'

const toReceived = ({ headers = {}, body, contentType = '', messageId, durable }: AsyncMessage): Received => {
  const attributes = Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      name.startsWith(PREFIX) ? [[name.slice(PREFIX.length), String(value)]] : [],
    ),
  )
  expect({ messageId, durable }).toEqual({ messageId: attributes['id'], durable: true })
  const { 'idempotency-key': idempotencyKey, traceparent } = headers
  return {
    attributes,
    body,
    contentType,
    idempotencyKey: String(idempotencyKey),
    traceparent: String(traceparent),
  }
}

const envOf = ({ username, password }: BrokerUser) => ({ ERP_USERNAME: username, ERP_PASSWORD: password })

const connectAsUser = async (): Promise<Connection> => {
  const { host, port, user } = await useRabbitmq()
  const connection = new Connection({ hostname: host, port, ...user })
  connection.on('error', () => undefined)
  await connection.onConnect()
  return connection
}

const rowOf = async (proxy: TcpProxy, exchange: string): Promise<RowUnderTest> => {
  const { user } = await useRabbitmq()
  const target = { url: `amqp://${proxy.host}`, exchange, routing_key: 'center.{type}' }
  return { destination: { kind: 'rabbitmq', target }, env: envOf(user) }
}

const makeTarget = async (proxy: TcpProxy): Promise<TargetUnderTest> => {
  const { reader } = await useRabbitmq()
  const exchange = `centers-${randomUUID()}`
  const connection = await connectAsUser()
  const received: Received[] = []
  await connection.exchangeDeclare({ exchange, type: 'topic', autoDelete: true })
  const consumer = connection.createConsumer(
    {
      queueOptions: { exclusive: true },
      queueBindings: [{ exchange, routingKey: 'center.*' }],
    },
    async (message) => void received.push(toReceived(message)),
  )
  await new Promise((resolve) => consumer.once('ready', () => resolve(undefined)))
  const row = await rowOf(proxy, exchange)
  return {
    row,
    refused: { ...row, env: envOf(reader) },
    missing: await rowOf(proxy, `${exchange}-that-is-not-there`),
    received: () => received,
    close: async () => {
      await consumer.close()
      await connection.close()
    },
  }
}

needs('rabbitmq').describe('rabbitmq', () => {
  describeDestination({
    kind: 'rabbitmq',
    open: openDestination,
    startProxy: async () => {
      const { host, port } = await useRabbitmq()
      return startTcpProxy(`${host}:${port}`)
    },
    makeTarget,
    expected: {
      refused: { kind: 'misconfigured', cause: 'access-refused' },
      missing: { kind: 'misconfigured', cause: 'exchange-not-found' },
      tooLarge: { kind: 'rejected', cause: 'rejected:message-too-large' },
    },
  })
})
