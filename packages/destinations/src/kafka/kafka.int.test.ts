import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { toEvent } from '@mensageria/contracts'
import { center } from '@mensageria/contracts/samples'
import { startKafkaProxy, useKafka, type BrokerUser, type KafkaHosts } from '@mensageria/testkit/brokers'
import { testCertificate } from '@mensageria/testkit/certificate'
import { needs } from '@mensageria/testkit/needs'
import type { TcpProxy } from '@mensageria/testkit/tcp-proxy'
import { waitFor } from '@mensageria/testkit/wait-for'
import type { Outcome } from '@mensageria/core'
import { toMessage, type OutgoingMessage } from '../to-message.ts'
import { kafka } from './kafka.ts'
import { openTopic, type TestTopic } from './testing/open-topic.ts'

const { test } = needs('kafka')

const never = new AbortController().signal
const endings: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end()
})

let hosts: KafkaHosts
beforeAll(async () => {
  hosts = await useKafka()
})

const newTopic = async (options: Parameters<typeof openTopic>[1] = {}): Promise<TestTopic> => {
  const topic = await openTopic(hosts.brokers, options)
  endings.push(() => topic.close())
  return topic
}

const connect = (target: object, env: Record<string, string> = {}) => {
  const row = { name: 'lake', target: { brokers: hosts.brokers, topic: 'x', tls: false, ...target } }
  const link = kafka.bind(row, { connectionsMax: 1, env })
  endings.push(() => link.close())
  return link
}

const messageOf = (id: string, { version = 1, bytes = 0 } = {}): OutgoingMessage => {
  const event = toEvent({ ...center, id, version }, undefined)
  return { ...toMessage(event, `${id}-${version}`), ...(bytes && { body: 'x'.repeat(bytes) }) }
}

const kindsOf = (outcomes: readonly Outcome[]) => outcomes.map(({ kind }) => kind)

test('a record that is refused takes no confirmed one with it', async () => {
  const { topic, read } = await newTopic({ configs: { 'max.message.bytes': '20000' } })
  const { send } = connect({ topic })
  const outcomes = await Promise.all(
    Array.from({ length: 300 }, (_, n) =>
      send(messageOf(`c${n}`, { bytes: n % 10 === 3 ? 30_000 : 10 }), never),
    ),
  )
  const refused = outcomes.filter(({ kind }) => kind === 'rejected')
  expect(refused).toHaveLength(30)
  expect(refused[0]).toMatchObject({ cause: 'rejected:message-too-large' })
  expect(kindsOf(outcomes).filter((kind) => kind === 'delivered')).toHaveLength(270)
  const keys = (await read(270)).map(({ key }) => key)
  expect(new Set(keys)).toEqual(
    new Set(Array.from({ length: 300 }, (_, n) => `c${n}`).filter((_, n) => n % 10 !== 3)),
  )
})

test('a consumer reads the event with its attributes, once', async () => {
  const { topic, read } = await newTopic()
  const message = messageOf(center.id, { version: 4 })
  expect(await connect({ topic }).send(message, never)).toEqual({ kind: 'delivered' })
  const { attributes, body, idempotencyKey } = message
  expect(await read(1)).toEqual([
    {
      partition: expect.any(Number),
      key: center.id,
      value: body,
      headers: {
        ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce_${name}`, value])),
        'content-type': 'application/json',
        'idempotency-key': idempotencyKey,
      },
    },
  ])
})

test('all versions of a center are in one partition, in their order', async () => {
  const { topic, read } = await newTopic({ partitions: 7 })
  const { send } = connect({ topic })
  for (const version of [1, 2, 3]) await send(messageOf('c1', { version }), never)
  const records = await read(3)
  expect(records.map(({ headers }) => headers['ce_sequence'])).toEqual(['1', '2', '3'])
  expect(new Set(records.map(({ partition }) => partition)).size).toBe(1)
})

test('a topic that is missing is our configuration; it is not created, and used as soon as it is there', async () => {
  const { topic, remove, create, read } = await newTopic()
  const { send } = connect({ topic })
  await remove()
  expect(await send(messageOf('c1'), never)).toMatchObject({
    kind: 'misconfigured',
    cause: 'unknown-topic-or-partition',
  })
  await create()
  expect(await send(messageOf('c1'), never)).toEqual({ kind: 'delivered' })
  await remove()
  expect(await send(messageOf('c1'), never)).toMatchObject({ kind: 'misconfigured' })
  await create()
  expect(await send(messageOf('c1'), never)).toEqual({ kind: 'delivered' })
  expect(await read(1)).toHaveLength(1)
})

describe('signing in', () => {
  const as = (topic: string, { username, password }: BrokerUser, sasl: string) =>
    connect(
      { brokers: hosts.sasl.brokers, topic, sasl },
      { LAKE_USERNAME: username, LAKE_PASSWORD: password },
    ).send(messageOf('c1'), never)

  test.each(['plain', 'scram-sha-256', 'scram-sha-512'])('%s proves who we are', async (sasl) => {
    const { topic } = await newTopic()
    const { user } = hosts.sasl
    expect(await as(topic, user, sasl)).toEqual({ kind: 'delivered' })
    const wrong = await as(topic, { ...user, password: 'a-wrong-s3cret' }, sasl)
    expect(wrong).toMatchObject({ kind: 'misconfigured', cause: 'sasl-authentication-failed' })
    expect(JSON.stringify(wrong)).not.toMatch(/s3cret/)
  })

  test('a user without rights is our configuration', async () => {
    const { topic } = await newTopic()
    expect(await as(topic, hosts.sasl.stranger, 'scram-sha-512')).toMatchObject({
      kind: 'misconfigured',
      cause: expect.stringMatching(/-authorization-failed$/),
    })
  })

  test('where the listener and the row differ about it, nothing is delivered', async () => {
    const { topic } = await newTopic()
    const unsigned = await connect({ brokers: hosts.sasl.brokers, topic }).send(messageOf('c1'), never)
    expect(unsigned).toMatchObject({ kind: 'transient', cause: 'connection-closed' })
    const env = { LAKE_USERNAME: 'x', LAKE_PASSWORD: 'x' }
    const signed = await connect({ topic, sasl: 'plain' }, env).send(messageOf('c1'), never)
    expect(signed).toMatchObject({ kind: 'misconfigured', cause: 'illegal-sasl-state' })
  })
})

describe('TLS', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kafka-tls-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  const fileOf = async (name: string, text: string): Promise<string> => {
    const path = join(folder, name)
    await writeFile(path, text)
    return path
  }

  test('both sides prove who they are, by the files of the environment', async () => {
    const { topic } = await newTopic()
    const LAKE_CA_FILE = await fileOf('ca.pem', testCertificate.cert)
    const LAKE_CERT_FILE = await fileOf('cert.pem', testCertificate.cert)
    const LAKE_KEY_FILE = await fileOf('key.pem', testCertificate.key)
    const target = { brokers: hosts.tls.brokers, topic, tls: true }
    const sendWith = (env: Record<string, string>) => connect(target, env).send(messageOf('c1'), never)
    expect(await sendWith({ LAKE_CA_FILE, LAKE_CERT_FILE, LAKE_KEY_FILE })).toEqual({ kind: 'delivered' })
    expect(await sendWith({ LAKE_CA_FILE })).toMatchObject({ kind: 'transient' })
    expect(await sendWith({})).toMatchObject({ kind: 'misconfigured', cause: 'tls' })
  })

  test('a certificate that is renewed is taken with the next connection', async () => {
    const { topic } = await newTopic()
    const other = rootCertificates[0] ?? ''
    const LAKE_CA_FILE = await fileOf('renewed.pem', other)
    const LAKE_CERT_FILE = await fileOf('cert.pem', testCertificate.cert)
    const LAKE_KEY_FILE = await fileOf('key.pem', testCertificate.key)
    const target = { brokers: hosts.tls.brokers, topic, tls: true }
    const { send } = connect(target, { LAKE_CA_FILE, LAKE_CERT_FILE, LAKE_KEY_FILE })
    expect(await send(messageOf('c1'), never)).toMatchObject({ kind: 'misconfigured', cause: 'tls' })
    await fileOf('renewed.pem', testCertificate.cert)
    expect(await send(messageOf('c1'), never)).toEqual({ kind: 'delivered' })
  })

  test('a listener without it, and a row without it, are seen', async () => {
    const { topic } = await newTopic()
    expect((await connect({ topic, tls: true }).send(messageOf('c1'), never)).kind).not.toBe('delivered')
    expect(await connect({ brokers: hosts.tls.brokers, topic }).send(messageOf('c1'), never)).toMatchObject({
      kind: 'misconfigured',
      cause: 'tls',
    })
  })
})

const sockets = () => process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length

test('closing leaves no connection behind', async () => {
  const { topic } = await newTopic()
  const { send, close } = connect({ topic })
  const before = sockets()
  expect(await send(messageOf('c1'), never)).toEqual({ kind: 'delivered' })
  expect(sockets()).toBeGreaterThan(before)
  await close()
  await waitFor('no more sockets than before', sockets, { until: (open) => open <= before })
})

test('a time that is ahead of the broker by days does not lose the center', async () => {
  const { topic } = await newTopic({ configs: { 'message.timestamp.after.max.ms': '1' } })
  const message = messageOf('c1')
  const ahead = { ...message, attributes: { ...message.attributes, time: '2999-01-01T00:00:00.000Z' } }
  expect((await connect({ topic }).send(ahead, never)).kind).toBe('delivered')
})

describe('through a proxy', () => {
  let proxy: TcpProxy
  beforeEach(async () => {
    proxy = await startKafkaProxy()
    endings.push(() => proxy.close())
  })

  test('a connection that idled away, or went stale, is made again', async () => {
    const { topic } = await newTopic()
    const { send } = connect({ topic, brokers: [proxy.host] })
    expect((await send(messageOf('c1'), never)).kind).toBe('delivered')
    proxy.hangUp()
    await waitFor('delivered', () => send(messageOf('c2'), never), {
      until: ({ kind }) => kind === 'delivered',
    })
    proxy.goStale()
    expect((await send(messageOf('c3'), never)).kind).not.toBe('delivered')
    expect((await send(messageOf('c3'), never)).kind).toBe('delivered')
  })
})

test('a check says whether the topic is there, and whether anybody answers', async () => {
  const { topic } = await newTopic()
  const found = (target: object) => connect(target).check?.(AbortSignal.timeout(20_000))
  expect(await found({ topic })).toBeUndefined()
  expect(await found({ topic: `${topic}-missing` })).toMatchObject({ cause: 'unknown-topic-or-partition' })
  expect(await found({ brokers: ['127.0.0.1:1'], topic })).toMatchObject({ kind: 'transient' })
})
