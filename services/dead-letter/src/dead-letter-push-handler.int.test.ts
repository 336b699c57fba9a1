import { getTestServer } from '@google-cloud/functions-framework/testing'
import { ALL_METHODS, askOddly, askRaw } from '@mensageria/testkit/odd-requests'
import { DEAD_LETTER_ATTRIBUTES, toAttributes, toEvent } from '@mensageria/contracts'
import { center } from '@mensageria/contracts/samples'
import { composePark } from '@mensageria/core'
import { openEmbedded } from '@mensageria/embedded'
import {
  createDeadLetterHandler,
  createLocalVerifier,
  createLogger,
  createSystemClock,
  createSystemIds,
  listenFunction,
  type PushVerifier,
} from '@mensageria/runtime'
import { BODY_LIMIT_BYTES } from './dead-letter-push-handler.ts'
import { DEAD_LETTER_FUNCTION, registerDeadLetter } from './register-dead-letter.ts'

const KEY = { integration: 'dmitri', centerId: center.id }
const json = { 'content-type': 'application/json' }

const envelopeOf = (message: Record<string, unknown> = {}) => ({
  message: {
    attributes: {
      ...toAttributes(toEvent(center, undefined)),
      [DEAD_LETTER_ATTRIBUTES.subscription]: 'dmitri',
    },
    data: Buffer.from(JSON.stringify(center)).toString('base64'),
    messageId: '7',
    publishTime: '2026-11-24T12:00:00.5Z',
    ...message,
  },
  subscription: 'projects/p/subscriptions/distribution-center-events-dead-letter',
})

// The function behind the framework's own server, on a ledger of its own.
const open = async ({ verify = createLocalVerifier() }: { verify?: PushVerifier } = {}) => {
  const lines: string[] = []
  const logger = createLogger({
    level: 'debug',
    service: 'test',
    destination: { write: (line: string) => void lines.push(line) },
  })
  const clock = createSystemClock()
  const engine = openEmbedded({ dataDir: ':memory:', subscriptions: [], onError: () => undefined })
  const { unreadable } = engine
  const park = composePark(engine, { clock, ids: createSystemIds() })
  registerDeadLetter({
    verify,
    logger,
    handle: createDeadLetterHandler({ park, unreadable, clock, logger }),
  })
  const server = getTestServer(DEAD_LETTER_FUNCTION)
  const listening = await listenFunction(server, {
    host: '127.0.0.1',
    port: 0,
    bodyLimitBytes: BODY_LIMIT_BYTES,
    allowedHosts: [],
  })
  let closed = false
  const closeEngine = () => {
    if (!closed) engine.close()
    closed = true
  }
  return {
    engine,
    lines,
    closeEngine,
    port: Number(new URL(listening.url).port),
    send: (body: unknown, init: RequestInit = {}) =>
      fetch(listening.url, {
        method: 'POST',
        headers: json,
        body: JSON.stringify(body),
        ...init,
      }),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await listening.close()
      closeEngine()
    },
  }
}

describe('a dead letter', () => {
  test('is parked, and only then 204', async () => {
    await using system = await open()
    const answer = await system.send(envelopeOf())
    expect([answer.status, await answer.text()]).toEqual([204, ''])
    expect(await system.engine.ledger.read(KEY)).toMatchObject({ row: { state: 'parked', version: 1 } })
  })

  test('that comes twice, at once or later, is one row', async () => {
    await using system = await open()
    const answers = await Promise.all([system.send(envelopeOf()), system.send(envelopeOf())])
    expect((await system.send(envelopeOf())).status).toBe(204)
    for (const { status } of answers) expect([204, 503]).toContain(status)
    expect(await system.engine.ledger.ofCenter(center.id)).toHaveLength(1)
  })

  test.each<[string, Record<string, unknown>]>([
    ['no base64', { data: '***' }],
    ['no UTF-8', { data: '/w==' }],
    ['nothing', { data: undefined }],
    ['no attributes', { attributes: undefined }],
    ['more than any push endpoint takes', { data: Buffer.alloc(9_000_000, 'x').toString('base64') }],
  ])('that is %s is kept, and then 204', async (_what, message) => {
    await using system = await open()
    expect((await system.send(envelopeOf(message))).status).toBe(204)
    const { items } = await system.engine.unreadable.list({ pageSize: 10 })
    expect(items).toMatchObject([{ messageId: '7' }])
    expect(items[0]?.data.length).toBeLessThanOrEqual(64 * 1024)
    expect(system.lines.join('')).toContain('message.unreadable')
  })

  test('comes again where the store is away, and the answer does not say why', async () => {
    await using system = await open()
    system.closeEngine()
    const answer = await system.send(envelopeOf())
    expect([answer.status, answer.headers.get('content-type')]).toEqual([503, 'application/problem+json'])
    expect(await answer.json()).toEqual({
      type: 'urn:mensageria:problem:unavailable',
      title: 'Not available right now',
      status: 503,
    })
    expect(system.lines.join('')).toContain('push.failed')
  })

  test('comes again while somebody is calling', async () => {
    await using system = await open()
    await system.send(envelopeOf())
    const found = await system.engine.ledger.read(KEY)
    if (!found) throw new Error('There is no row')
    await system.engine.ledger.replace({ ...found.row, state: 'delivering', dueAt: 1 }, found.revision)
    expect((await system.send(envelopeOf())).status).toBe(503)
  })
})

describe('what is no dead letter', () => {
  test.each<[string, string]>([
    ['no message', '{"subscription":"s"}'],
    ['no object', '[]'],
    ['no id', '{"message":{"publishTime":"2026-11-24T12:00:00Z"},"subscription":"s"}'],
    ['nothing', ''],
  ])('(%s) is 400 and leaves nothing', async (_what, body) => {
    await using system = await open()
    const answer = await system.send(undefined, { body })
    expect(await answer.json()).toMatchObject({ status: 400 })
    expect((await system.engine.unreadable.list({ pageSize: 1 })).items).toEqual([])
  })

  test('a body of 17 MB is 413', async () => {
    await using system = await open()
    const answer = await system.send(envelopeOf({ data: 'a'.repeat(17 * 1024 * 1024) }))
    expect(await answer.json()).toMatchObject({ status: 413 })
  })

  test('another method is 405', async () => {
    await using system = await open()
    const answer = await system.send(undefined, { method: 'PUT', body: '{}' })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST'])
  })

  test('a caller that nobody knows is 401, and the log knows why', async () => {
    await using system = await open({ verify: async () => ({ ok: false, reason: 'audience' }) })
    const answer = await system.send(envelopeOf())
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
    expect(system.lines.map((line): unknown => JSON.parse(line))).toMatchObject([{ reason: 'audience' }])
    expect(await system.engine.ledger.ofCenter(center.id)).toEqual([])
  })
})

test('row 52: every odd request is answered or refused with a problem document, and the function goes on', async () => {
  await using system = await open()
  const to = { path: '/', body: JSON.stringify(envelopeOf()) }
  for (const method of ['POST', 'GET', 'HEAD'])
    expect(await askOddly(system.port, { ...to, method })).toEqual([])
  for (const method of ALL_METHODS.filter((one) => one !== 'POST')) {
    const answer = await askRaw(
      system.port,
      `${method} / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    )
    expect({ method, ...answer }).toEqual({
      method,
      status: 405,
      type: 'application/problem+json',
      allow: 'POST',
      ended: true,
    })
  }
  expect((await system.send(envelopeOf())).status).toBe(204)
})

test('row 52: a body without a length is read up to the limit, and not beyond', async () => {
  await using system = await open()
  const part = 'x'.repeat(1024 * 1024)
  const chunks = `100000\r\n${part}\r\n`.repeat(17)
  const head = 'POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n'
  expect(await askRaw(system.port, `${head}${chunks}0\r\n\r\n`)).toMatchObject({ status: 413, ended: true })
})
