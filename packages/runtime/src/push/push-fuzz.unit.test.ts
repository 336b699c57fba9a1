import { PushEnvelope } from '@mensageria/contracts'
import * as fc from 'fast-check'
import { buildHttpApp } from '../http/http-app.ts'
import { createLogger } from '../logging/logger.ts'
import { envelopeOf, sampleMessage, toData } from '../testing/push-samples.ts'
import { decodeMessageData } from './message-data.ts'
import { createPushPlugin, PUSH_PATH } from './push-plugin.ts'
import { createLocalVerifier } from './push-verifier.ts'

const RUNS = 300

const build = async () => {
  const handled: string[] = []
  const logger = createLogger({ level: 'silent', service: 'test', destination: { write: () => undefined } })
  const app = await buildHttpApp({
    logger,
    bodyLimitBytes: 1024,
    plugins: [
      createPushPlugin({
        verify: createLocalVerifier(),
        handle: async ({ data }) => {
          handled.push(data)
          return { ack: true }
        },
      }),
    ],
  })
  const push = async (payload: string | Buffer) => {
    const before = handled.length
    const headers = { 'content-type': 'application/json' }
    const answer = await app.inject({ method: 'POST', url: PUSH_PATH, headers, payload })
    return { answer, reached: handled.length > before, data: handled.at(-1) }
  }
  return { push, [Symbol.asyncDispose]: () => app.close() }
}

// A body is read, or refused with a problem document that says nothing of the inside; never anything else.
const expectSane = ({ answer, reached }: Awaited<ReturnType<Awaited<ReturnType<typeof build>>['push']>>) => {
  expect([204, 400, 413]).toContain(answer.statusCode)
  expect(reached).toBe(answer.statusCode === 204)
  if (answer.statusCode === 204) return
  expect(answer.headers['content-type']).toBe('application/problem+json')
  expect(answer.body).not.toMatch(/at .*\.ts:|node_modules|SyntaxError/)
  expect(answer.body.length).toBeLessThan(10_000)
}

const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\u0000', '\ud800', '__proto__', '9'.repeat(400), '1e999', '\u202e', 'e30=\n', 'é'),
)
const attributes = fc.dictionary(nasty, fc.oneof(nasty, fc.integer(), fc.constant(null)))
const anything = fc.jsonValue({ depthSize: 'large', maxDepth: 12 })

test('row 34: any bytes are read or refused', async () => {
  await using built = await build()
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      expectSane(await built.push(Buffer.from(bytes)))
    }),
    { numRuns: RUNS },
  )
})

test('row 34: any JSON is read or refused', async () => {
  await using built = await build()
  await fc.assert(
    fc.asyncProperty(anything, async (value) => expectSane(await built.push(JSON.stringify(value)))),
    { numRuns: RUNS },
  )
})

test('row 34: an envelope with any field replaced is read or refused', async () => {
  await using built = await build()
  const changed = fc.record(
    { attributes, data: nasty, messageId: anything, publishTime: nasty, message_id: nasty },
    { requiredKeys: [] },
  )
  await fc.assert(
    fc.asyncProperty(changed, fc.oneof(fc.constant(1), anything), async (message, deliveryAttempt) => {
      expectSane(await built.push(JSON.stringify({ ...envelopeOf(message), deliveryAttempt })))
    }),
    { numRuns: RUNS },
  )
})

test('row 34: any JSON as data arrives as it was sent, or is refused for its depth or its keys', async () => {
  await using built = await build()
  await fc.assert(
    fc.asyncProperty(anything, async (value) => {
      const text = JSON.stringify(value)
      const { answer, reached, data } = await built.push(JSON.stringify(envelopeOf({ data: toData(text) })))
      if (reached) expect(data).toBe(text)
      else expect(answer.json()).toMatchObject({ detail: expect.stringMatching(/nested deeper|prototype/) })
    }),
    { numRuns: RUNS },
  )
})

// Bytes are UTF-8 where reading and writing them as such gives them back.
const isUtf8 = (bytes: Buffer) => Buffer.from(bytes.toString('utf8')).equals(bytes)

test('row 34: any bytes as data are the text that they spell, or no text', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 30 }).map((value) => JSON.stringify(value))
  const quoted = fc
    .uint8Array({ maxLength: 4 })
    .map((bytes) => Buffer.from(['"', bytes, '"'].flatMap((part) => [...Buffer.from(part)])))
  fc.assert(
    fc.property(
      fc.oneof(
        text.map((value) => Buffer.from(value)),
        quoted,
      ),
      (bytes) => {
        const read = decodeMessageData(toData(bytes))
        if (read.ok) expect(Buffer.from(read.text).equals(bytes)).toBe(true)
        else expect(read.reason === 'The data is not valid UTF-8').toBe(!isUtf8(bytes))
      },
    ),
    { numRuns: 2000 },
  )
})

test('row 34: no two spellings of base64 are the same data', () => {
  const sextet = fc.constantFrom(
    ...Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_ \n'),
  )
  fc.assert(
    fc.property(fc.string({ unit: sextet, maxLength: 8 }), (data) => {
      const read = decodeMessageData(data)
      const isExact = Buffer.from(data, 'base64').toString('base64') === data
      if (read.ok) expect(isExact).toBe(true)
      else expect(read.reason === 'The data is not base64').toBe(!isExact)
    }),
    { numRuns: 2000 },
  )
})

test('row 34: an attribute of any text reaches the handler, or the whole push is refused', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 1100 }), (value) => {
      const envelope = envelopeOf({ attributes: { ...sampleMessage.attributes, value } })
      const parsed = PushEnvelope.safeParse(envelope)
      expect(parsed.success ? parsed.data.message.attributes['value'] : value.length > 1024).toBe(
        parsed.success ? value : true,
      )
    }),
  )
})

test.each<[string, string]>([
  ['no message', '{}'],
  ['a message that is none', '{"message":null}'],
  ['a depth of 10,000', `{"message":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
  ['a key __proto__', '{"message":{"__proto__":{"data":"e30="}}}'],
  ['an integer of 400 digits', `{"message":{"data":"e30=","messageId":${'9'.repeat(400)}}}`],
])('row 34: %s is refused', async (_what, body) => {
  await using built = await build()
  const pushed = await built.push(body)
  expectSane(pushed)
  expect(pushed.reached).toBe(false)
})

test('row 34: a body of 10 MB is refused by its length alone', async () => {
  await using built = await build()
  const { answer, reached } = await built.push(Buffer.alloc(10 * 1024 * 1024, '['))
  expect([answer.statusCode, reached]).toEqual([413, false])
})
