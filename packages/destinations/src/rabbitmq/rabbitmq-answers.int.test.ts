import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer, type TLSSocket } from 'node:tls'
import { toEvent } from '@mensageria/contracts'
import { center } from '@mensageria/contracts/samples'
import type { Outcome } from '@mensageria/core'
import { startRabbitmq, useRabbitmq } from '@mensageria/testkit/brokers'
import { testCertificate } from '@mensageria/testkit/certificate'
import type { OpenedDestination, RowUnderTest } from '@mensageria/testkit/destination-suite'
import { needs } from '@mensageria/testkit/needs'
import { startTcpProxy } from '@mensageria/testkit/tcp-proxy'
import type { Connection } from 'rabbitmq-client'
import { bindDestination } from '../bind-destination.ts'
import { openDestination } from '../testing/open-destination.ts'
import { connectToRabbitmq, rabbitmqRow } from '../testing/rabbitmq-target.ts'

const { describe } = needs('rabbitmq')

const send = (
  { call }: OpenedDestination,
  version = 1,
  signal = AbortSignal.timeout(30_000),
): Promise<Outcome> =>
  call(toEvent({ ...center, version }, undefined), {
    idempotencyKey: 'key-1',
    attempt: 1,
    firstAttemptAt: 1,
    mayHaveEffect: false,
    now: 1,
    signal,
  })

describe('what RabbitMQ says of a message', () => {
  let connection: Connection
  let exchange: string
  let opened: OpenedDestination | undefined

  const open = async (row?: RowUnderTest): Promise<OpenedDestination> => {
    const { host, port } = await useRabbitmq()
    opened = await openDestination(row ?? (await rabbitmqRow(`amqp://${host}:${port}`, exchange)), () => true)
    return opened
  }
  const queueFor = async (routingKey: string, limits: Record<string, unknown> = {}) => {
    const { queue } = await connection.queueDeclare({ exclusive: true, arguments: limits })
    await connection.queueBind({ exchange, queue, routingKey })
    return queue
  }

  beforeEach(async () => {
    connection = await connectToRabbitmq()
    exchange = `centers-${randomUUID()}`
    await connection.exchangeDeclare({ exchange, type: 'topic' })
  })
  afterEach(async () => {
    await opened?.close()
    opened = undefined
    await connection.exchangeDelete({ exchange })
    await connection.close()
  })

  test('what no queue takes is our configuration, and what one takes is delivered, each by itself', async () => {
    const destination = await open()
    const unroutable = { kind: 'misconfigured', cause: 'unroutable' }
    expect(await send(destination)).toMatchObject(unroutable)
    await queueFor('center.updated')
    const versions = Array.from({ length: 40 }, (_, index) => 1 + (index % 2))
    const outcomes = await Promise.all(versions.map((version) => send(destination, version)))
    expect(outcomes).toEqual(
      versions.map((version) =>
        version === 1 ? expect.objectContaining(unroutable) : { kind: 'delivered' },
      ),
    )
    await queueFor('center.registered')
    expect(await send(destination)).toEqual({ kind: 'delivered' })
  })

  test('a queue that is full passes, and takes the message when it has room', async () => {
    const destination = await open()
    const queue = await queueFor('center.*', { 'x-max-length': 1, 'x-overflow': 'reject-publish' })
    expect(await send(destination)).toEqual({ kind: 'delivered' })
    expect(await send(destination)).toMatchObject({ kind: 'transient', cause: 'nack' })
    await connection.queuePurge(queue)
    expect(await send(destination)).toEqual({ kind: 'delivered' })
  })

  test('a password or a virtual host that is wrong is our configuration', async () => {
    const { host, port } = await useRabbitmq()
    const row = await rabbitmqRow(`amqp://${host}:${port}`, exchange)
    const wrong = await open({ ...row, env: { ...row.env, ERP_PASSWORD: 'wr0ng' } })
    expect(await send(wrong)).toMatchObject({ kind: 'misconfigured', cause: 'access-refused' })
    await wrong.close()
    const elsewhere = await open(await rabbitmqRow(`amqp://${host}:${port}/sales`, exchange))
    expect(await send(elsewhere)).toMatchObject({ kind: 'misconfigured', cause: 'vhost-not-allowed' })
  })

  test('a broker that is away is tried by the next message alone: the library waits for nothing by itself', async () => {
    const { host, port } = await useRabbitmq()
    const proxy = await startTcpProxy(`${host}:${port}`)
    proxy.refuse()
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
    const before = timers()
    const destination = await open(await rabbitmqRow(`amqp://${proxy.host}`, exchange))
    expect(await send(destination)).toMatchObject({ kind: 'transient' })
    expect(timers()).toBe(before)
    await proxy.close()
  })

  test('an exchange that is made later is found by the same destination', async () => {
    await connection.exchangeDelete({ exchange })
    const destination = await open()
    expect(await send(destination)).toMatchObject({ cause: 'exchange-not-found' })
    await connection.exchangeDeclare({ exchange, type: 'topic' })
    await queueFor('center.*')
    expect(await send(destination)).toEqual({ kind: 'delivered' })
  })
})

describe('amqps', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rabbitmq-tls-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  test('the certificate is checked against NAME_CA_FILE, and ours is shown', async () => {
    const { host, port } = await useRabbitmq()
    const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
    writeFileSync(cert, testCertificate.cert)
    writeFileSync(key, testCertificate.key)
    const shown: boolean[] = []
    const front = createServer(
      { ...testCertificate, ca: testCertificate.cert, requestCert: true, rejectUnauthorized: true },
      (socket: TLSSocket) => {
        shown.push(socket.authorized)
        const back = connect(port, host)
        socket.on('error', () => back.destroy()).pipe(back)
        back.on('error', () => socket.destroy()).pipe(socket)
      },
    ).listen(0, '127.0.0.1')
    await once(front, 'listening')
    const address = front.address()
    const url = `amqps://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
    const { destination, env } = await rabbitmqRow(url, 'amq.fanout')
    const files = { ERP_CERT_FILE: cert, ERP_KEY_FILE: key }
    const trusting = await openDestination(
      { destination, env: { ...env, ...files, ERP_CA_FILE: cert } },
      () => true,
    )
    const distrustful = await openDestination({ destination, env: { ...env, ...files } }, () => true)
    try {
      // Nobody reads this exchange: the message went all the way to the broker and back.
      expect(await send(trusting)).toMatchObject({ cause: 'unroutable' })
      expect(shown).toEqual([true])
      expect(await send(distrustful)).toMatchObject({ kind: 'misconfigured', cause: 'tls' })
    } finally {
      await Promise.all([trusting.close(), distrustful.close()])
      front.close()
    }
  })
})

test('a broker is told the name that it is called by, for brokers that share an address', async () => {
  const names: string[] = []
  const front = createServer({
    ...testCertificate,
    SNICallback: (name, done) => {
      names.push(name)
      done(null)
    },
  }).listen(0)
  front.on('tlsClientError', () => undefined)
  await once(front, 'listening')
  const address = front.address()
  const port = typeof address === 'object' ? address?.port : ''
  const destination = { kind: 'rabbitmq', target: { exchange: 'x', routing_key: 'x' } } as const
  for (const host of ['localhost', '127.0.0.1']) {
    const target = { ...destination.target, url: `amqps://${host}:${port}` }
    const env = { ERP_USERNAME: 'u', ERP_PASSWORD: 'p' }
    const opened = await openDestination({ destination: { ...destination, target }, env }, () => true)
    expect(await send(opened)).toMatchObject({ kind: 'misconfigured', cause: 'tls' })
    await opened.close()
  }
  front.close()
  expect(names).toEqual(['localhost'])
})

describe('a broker that is low on memory', () => {
  test('takes nothing and says so: the first message is in doubt, the next ones wait without being sent', async () => {
    const { hosts, stop } = await startRabbitmq(['vm_memory_high_watermark.absolute = 1MB'])
    const { destination, env } = await rabbitmqRow(`amqp://${hosts.host}:${hosts.port}`, 'amq.fanout')
    const opened = await openDestination({ destination, env }, () => true)
    try {
      expect(await send(opened, 1, AbortSignal.timeout(1_000))).toMatchObject({ kind: 'unknown' })
      expect(await send(opened)).toMatchObject({ kind: 'transient', cause: 'blocked' })
    } finally {
      await opened.close()
      await stop()
    }
  })
})

describe('the check of an exchange', () => {
  const checkTwice = async (exchange: string, others: Readonly<Record<string, string>> = {}) => {
    const { host, port } = await useRabbitmq()
    const { destination, env } = await rabbitmqRow(`amqp://${host}:${port}`, exchange)
    const bound = await bindDestination('erp', destination, { env: { ...env, ...others }, connectionsMax: 1 })
    const check = () => bound.check?.(AbortSignal.timeout(10_000))
    const found = [await check(), await check()]
    await bound.close()
    return found
  }

  test('finds nothing wrong where it is there, as often as somebody asks', async () => {
    expect(await checkTwice('amq.fanout')).toEqual([undefined, undefined])
  })

  test('says that it is not there, or that we are not let in', async () => {
    const missing = expect.objectContaining({ kind: 'misconfigured', cause: 'exchange-not-found' })
    expect(await checkTwice('nowhere')).toEqual([missing, missing])
    const refused = expect.objectContaining({ kind: 'misconfigured', cause: 'access-refused' })
    expect(await checkTwice('amq.fanout', { ERP_PASSWORD: 'wrong' })).toEqual([refused, refused])
  })
})
