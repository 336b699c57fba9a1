import type { App } from '../http/app.ts'
import { buildHttpApp } from '../http/http-app.ts'
import { createLogger } from '../logging/logger.ts'
import { envelopeOf, sampleMessage, toData, TRACE_ID } from '../testing/push-samples.ts'
import { createPushPlugin, PUSH_PATH, type PushAnswer, type PushContext } from './push-plugin.ts'
import { createLocalVerifier, type PushVerifier } from './push-verifier.ts'

type Call = { message: unknown; trigger: PushContext['trigger'] }
type Options = {
  answer?: PushAnswer | Error
  verify?: PushVerifier
  handlerMs?: number
  work?: Promise<PushAnswer>
  rateLimit?: { perSecond: number }
}

const build = async ({ answer = { ack: true }, verify, handlerMs, work, rateLimit }: Options = {}) => {
  const lines: string[] = []
  const calls: Call[] = []
  const logger = createLogger({
    level: 'debug',
    service: 'test',
    destination: { write: (line: string) => void lines.push(line) },
  })
  const plugin = createPushPlugin({
    verify: verify ?? createLocalVerifier(),
    ...(handlerMs === undefined ? {} : { handlerMs }),
    handle: async (message, { trigger, log }) => {
      calls.push({ message, trigger })
      log.info('handled')
      if (work) return work
      if (answer instanceof Error) throw answer
      return answer
    },
  })
  const app = await buildHttpApp({
    logger,
    bodyLimitBytes: 1024,
    plugins: [plugin],
    ...(rateLimit ? { rateLimit } : {}),
  })
  const parsed = () => lines.map((line): Record<string, unknown> => JSON.parse(line))
  return { app, calls, lines: parsed, [Symbol.asyncDispose]: () => app.close() }
}

const push = (app: App, payload: unknown, headers: Record<string, string> = {}) =>
  app.inject({
    method: 'POST',
    url: PUSH_PATH,
    headers: { 'content-type': 'application/json', ...headers },
    payload: typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload),
  })
const asCaller =
  (caller: 'subscription' | 'sweeper'): PushVerifier =>
  async () => ({ ok: true, caller })
const handedOver = (handover: string, more: Record<string, string> = {}) =>
  envelopeOf({ attributes: { ...sampleMessage.attributes, handover, ...more } })

describe('a push that the handler acknowledges', () => {
  test('is 204 without a body; the handler got the message decoded', async () => {
    await using built = await build()
    const answer = await push(built.app, envelopeOf())
    expect([answer.statusCode, answer.body]).toEqual([204, ''])
    expect(answer.headers).not.toHaveProperty('delivery-result')
    expect(built.calls).toEqual([
      {
        trigger: { kind: 'push' },
        message: {
          subscription: 'projects/local/subscriptions/dmitri',
          messageId: '7',
          publishTime: '2026-11-24T12:00:00.5Z',
          deliveryAttempt: 3,
          attributes: sampleMessage.attributes,
          data: Buffer.from(sampleMessage.data, 'base64').toString('utf8'),
        },
      },
    ])
  })

  test('may have no data, no attributes, no attempt and fields that nobody knows', async () => {
    await using built = await build()
    const payload = {
      message: { message_id: '8', publish_time: '2026-11-24T12:00:00Z', orderingKey: 'x', data: undefined },
      subscription: 's',
      new: { field: 1 },
    }
    expect((await push(built.app, payload)).statusCode).toBe(204)
    expect(built.calls).toMatchObject([
      { message: { messageId: '8', data: '', attributes: {}, deliveryAttempt: 1 } },
    ])
  })

  test('may be larger than the server takes elsewhere, up to 256 KiB', async () => {
    await using built = await build()
    const padded = (bytes: number) => envelopeOf({ data: toData(JSON.stringify('x'.repeat(bytes))) })
    expect((await push(built.app, padded(190_000))).statusCode).toBe(204)
    expect((await push(built.app, padded(200_000))).json()).toMatchObject({ status: 413 })
  })

  test('is not counted by a rate limit', async () => {
    await using built = await build({ rateLimit: { perSecond: 1 } })
    const statuses = []
    for (let times = 0; times < 5; times += 1) {
      statuses.push((await push(built.app, envelopeOf())).statusCode)
    }
    expect(statuses).toEqual([204, 204, 204, 204, 204])
  })

  test("has log lines with the trace of the event, not of the broker's request", async () => {
    await using built = await build()
    const ofRequest = '00-11111111111111111111111111111111-2222222222222222-01'
    await push(built.app, envelopeOf(), { traceparent: ofRequest })
    expect(built.lines()).toMatchObject([
      { message: 'handled', messageId: '7', 'logging.googleapis.com/trace': TRACE_ID },
    ])
  })
})

describe('a push that the handler does not acknowledge', () => {
  test('is 503 with a short reason, and no result for the broker', async () => {
    await using built = await build({ answer: { ack: false, result: 'transient' } })
    const answer = await push(built.app, envelopeOf())
    expect(answer.headers['content-type']).toBe('application/problem+json')
    expect([answer.statusCode, answer.json()]).toEqual([
      503,
      {
        type: 'urn:mensageria:problem:unavailable',
        title: 'Not available right now',
        status: 503,
        detail: 'Not acknowledged: transient',
        instance: '/push',
      },
    ])
  })

  test('is 503 where the handler fails, without its words but with a line', async () => {
    await using built = await build({ answer: new Error('the password is hunter2') })
    const answer = await push(built.app, envelopeOf())
    expect(answer.statusCode).toBe(503)
    expect(answer.body).not.toContain('hunter2')
    expect(built.lines()).toContainEqual(
      expect.objectContaining({
        message: 'push.failed',
        severity: 'ERROR',
        stack_trace: expect.stringContaining('hunter2'),
        'logging.googleapis.com/trace': TRACE_ID,
      }),
    )
  })

  test('is 503 where the handler takes too long', async () => {
    const work = Promise.withResolvers<PushAnswer>()
    await using built = await build({ work: work.promise, handlerMs: 1 })
    expect((await push(built.app, envelopeOf())).statusCode).toBe(503)
    work.resolve({ ack: true })
  })
})

describe('a hand-over', () => {
  test.each([
    ['recovery', {}, { kind: 'recovery' }],
    ['heal', {}, { kind: 'reconcile' }],
    ['r-1', {}, { kind: 'redrive', id: 'r-1', force: false }],
    ['r-1', { 'handover-force': 'true' }, { kind: 'redrive', id: 'r-1', force: true }],
  ])('%s %j of the sweeper is believed', async (handover, more, trigger) => {
    await using built = await build({ verify: asCaller('sweeper') })
    await push(built.app, handedOver(handover, more))
    expect(built.calls).toMatchObject([{ trigger }])
  })

  test('gets the result with the 204', async () => {
    await using built = await build({
      answer: { ack: true, result: 'superseded' },
      verify: asCaller('sweeper'),
    })
    const answer = await push(built.app, handedOver('heal'))
    expect([answer.statusCode, answer.headers['delivery-result']]).toEqual([204, 'superseded'])
  })

  test('gets the result with the 503', async () => {
    await using built = await build({ answer: { ack: false, result: 'held' }, verify: asCaller('sweeper') })
    expect((await push(built.app, handedOver('heal'))).json()).toMatchObject({
      status: 503,
      result: 'held',
    })
  })

  test.each([
    ['recovery', {}],
    ['', {}],
    ['', { 'handover-force': 'true' }],
  ])('%j %j of the push account is 403, and nothing is done', async (handover, more) => {
    await using built = await build({ verify: asCaller('subscription') })
    const answer = await push(built.app, handedOver(handover, more))
    expect(answer.json()).toMatchObject({ status: 403, type: 'urn:mensageria:problem:forbidden' })
    expect(built.calls).toEqual([])
  })

  test('the force of the push account alone is 403', async () => {
    await using built = await build({ verify: asCaller('subscription') })
    const attributes = { ...sampleMessage.attributes, 'handover-force': 'true' }
    expect((await push(built.app, envelopeOf({ attributes }))).statusCode).toBe(403)
  })

  test.each(['', 'two words', 'x'.repeat(65)])('with the cause %j is 400', async (handover) => {
    await using built = await build({ verify: asCaller('sweeper') })
    expect((await push(built.app, handedOver(handover))).statusCode).toBe(400)
    expect(built.calls).toEqual([])
  })
})

describe('a push from nobody', () => {
  const nobody: PushVerifier = async () => ({ ok: false, reason: 'signature' })

  test('is 401 before its body is looked at, and the log knows why', async () => {
    await using built = await build({ verify: nobody })
    const answer = await push(built.app, '{')
    expect(answer.json()).toMatchObject({ status: 401, type: 'urn:mensageria:problem:unauthenticated' })
    expect(answer.headers['www-authenticate']).toBe('Bearer')
    expect(answer.body).not.toContain('signature')
    expect(built.lines()[0]).toMatchObject({
      message: 'push.unauthenticated',
      severity: 'WARNING',
      reason: 'signature',
    })
    expect(built.calls).toEqual([])
  })

  test('does not close the health routes', async () => {
    await using built = await build({ verify: nobody })
    expect((await built.app.inject('/health/live')).statusCode).toBe(200)
  })
})

describe('a bad envelope', () => {
  const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`
  const withMessage = (text: string) =>
    `{"message":{"messageId":"1","publishTime":"2026-11-24T12:00:00Z",${text}},"subscription":"s"}`

  test.each<[string, unknown]>([
    ['nothing', '{}'],
    ['no object', '[]'],
    ['no message', '{"subscription":"s"}'],
    ['a message that is none', '{"message":7,"subscription":"s"}'],
    ['no id', { message: { publishTime: '2026-11-24T12:00:00Z' }, subscription: 's' }],
    ['data that is no base64', envelopeOf({ data: '***' })],
    ['base64 without its padding', envelopeOf({ data: 'e30' })],
    ['base64 in another spelling of the same bytes', envelopeOf({ data: 'e31=' })],
    ['base64 for URLs', envelopeOf({ data: '-_-_' })],
    ['data that is no UTF-8', envelopeOf({ data: toData(Buffer.from([0x22, 0xff, 0x22])) })],
    ['data that is no JSON', envelopeOf({ data: toData('{') })],
    ['data with a byte order mark', envelopeOf({ data: toData('\ufeff{}') })],
    ['data nested too deep', envelopeOf({ data: toData(nested(9)) })],
    ['data nested far too deep', envelopeOf({ data: toData(nested(50_000)) })],
    ['data with __proto__', envelopeOf({ data: toData('{"a":{"__proto__":{"x":1}}}') })],
    ['data with a prototype', envelopeOf({ data: toData('{"constructor":{"prototype":{"x":1}}}') })],
    ['a body nested far too deep', nested(100_000)],
    ['__proto__', withMessage('"__proto__":{"data":"e30="}')],
    ['__proto__ as an attribute', withMessage('"attributes":{"__proto__":"x"}')],
    ['an attribute that is no text', withMessage('"attributes":{"a":1}')],
    ['an attempt beyond every number', '{"message":{},"subscription":"s","deliveryAttempt":1e999}'],
    ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])],
  ])('%s is 400 and reaches no handler', async (_what, payload) => {
    await using built = await build()
    const answer = await push(built.app, payload)
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([400, 'application/problem+json'])
    expect(built.calls).toEqual([])
  })

  test('data nested 8 deep is taken', async () => {
    await using built = await build()
    expect((await push(built.app, envelopeOf({ data: toData(nested(8)) }))).statusCode).toBe(204)
  })

  test('another media type is 415, another method 405', async () => {
    await using built = await build()
    expect((await push(built.app, '{}', { 'content-type': 'text/plain' })).statusCode).toBe(415)
    expect((await built.app.inject(PUSH_PATH)).statusCode).toBe(405)
  })
})
