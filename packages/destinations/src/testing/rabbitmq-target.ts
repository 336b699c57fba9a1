import { randomUUID } from 'node:crypto'
import { useRabbitmq, type BrokerUser } from '@mensageria/testkit/brokers'
import type { Received, RowUnderTest, TargetUnderTest } from '@mensageria/testkit/destination-suite'
import type { TcpProxy } from '@mensageria/testkit/tcp-proxy'
import { Connection, type AsyncMessage } from 'rabbitmq-client'

const PREFIX = 'cloudEvents:'

const toReceived = ({ headers = {}, body, contentType = '', messageId, durable }: AsyncMessage): Received => {
  const attributes = Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      name.startsWith(PREFIX) ? [[name.slice(PREFIX.length), String(value)]] : [],
    ),
  )
  // What is not as it must be shows as one attribute more.
  if (!durable) attributes['durable'] = 'false'
  if (messageId !== attributes['id']) attributes['message-id'] = String(messageId)
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

/** A connection of a test to the broker itself. */
export const connectToRabbitmq = async (): Promise<Connection> => {
  const { host, port, user } = await useRabbitmq()
  const connection = new Connection({ hostname: host, port, ...user })
  connection.on('error', () => undefined)
  await connection.onConnect()
  return connection
}

/** A row for an exchange, at this address (`amqp://127.0.0.1:5672`). */
export const rabbitmqRow = async (url: string, exchange: string): Promise<RowUnderTest> => {
  const { user } = await useRabbitmq()
  const target = { url, exchange, routing_key: 'center.{type}' }
  return { destination: { kind: 'rabbitmq', target }, env: envOf(user) }
}

/** An exchange with a queue of its own and a consumer on it. */
export const makeRabbitmqTarget = async (proxy: TcpProxy): Promise<TargetUnderTest> => {
  const { reader } = await useRabbitmq()
  const exchange = `centers-${randomUUID()}`
  const connection = await connectToRabbitmq()
  const received: Received[] = []
  await connection.exchangeDeclare({ exchange, type: 'topic', autoDelete: true })
  const consumer = connection.createConsumer(
    { queueOptions: { exclusive: true }, queueBindings: [{ exchange, routingKey: 'center.*' }] },
    async (message) => void received.push(toReceived(message)),
  )
  await new Promise((resolve) => consumer.once('ready', () => resolve(undefined)))
  const url = `amqp://${proxy.host}`
  const row = await rabbitmqRow(url, exchange)
  return {
    row,
    refused: { ...row, env: envOf(reader) },
    missing: await rabbitmqRow(url, `${exchange}-that-is-not-there`),
    received: () => received,
    close: async () => {
      await consumer.close()
      await connection.close()
    },
  }
}
