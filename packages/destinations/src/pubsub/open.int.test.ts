import { once } from 'node:events'
import { createServer } from 'node:http2'
import { toEvent } from '@mensageria/contracts'
import { center } from '@mensageria/contracts/samples'
import { toMessage } from '../to-message.ts'
import { open } from './open.ts'

const TOPIC = 'projects/other-project/topics/centers'
const message = toMessage(toEvent(center, undefined), 'key-1')
// Nobody answers there, and it would be asked even in front of an emulator.
process.env['METADATA_SERVER_DETECTION'] = 'none'
const { PUBSUB_EMULATOR_HOST, GOOGLE_APPLICATION_CREDENTIALS, HOME } = process.env

// A service that answers each call with a status and nothing else: trailers only, as gRPC has it.
const answering = async (status: number, details: string) => {
  let calls = 0
  let sessions = 0
  const server = createServer().on('session', () => (sessions += 1))
  server.on('stream', (stream) => {
    calls += 1
    stream.on('error', () => undefined)
    stream.respond(
      {
        ':status': 200,
        'content-type': 'application/grpc',
        'grpc-status': String(status),
        'grpc-message': details,
      },
      { endStream: true },
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    emulator: `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    calls: () => calls,
    sessions: () => sessions,
    [Symbol.asyncDispose]: async () => {
      server.close()
      await once(server, 'close')
    },
  }
}

test.each([
  [14, 'Unavailable', 'transient', 'unavailable'],
  [8, 'Quota exceeded', 'transient', 'resource-exhausted'],
  [10, 'Aborted', 'unknown', 'grpc-10'],
  [13, 'Internal', 'unknown', 'grpc-13'],
  [7, 'Not authorized', 'misconfigured', 'permission-denied'],
  [5, 'No such topic', 'misconfigured', 'topic-not-found'],
])(
  '%d is asked once: the retry has one owner, and that is not the library',
  async (code, details, kind, cause) => {
    await using service = await answering(code, details)
    const link = open({ topic: TOPIC, ordering: true, emulator: service.emulator })
    const outcome = await link.send(message, new AbortController().signal)
    await link.close()
    expect(outcome).toMatchObject({ kind, cause })
    expect(service.calls()).toBe(1)
  },
)

test.each([
  [16, 'Invalid credentials', 2],
  [7, 'Not authorized', 1],
])('after %d the next message has a client of %s: %d', async (code, details, sessions) => {
  await using service = await answering(code, details)
  const link = open({ topic: TOPIC, ordering: false, emulator: service.emulator })
  for (const _ of [1, 2]) await link.send(message, new AbortController().signal)
  await link.close()
  expect([service.calls(), service.sessions()]).toEqual([2, sessions])
})

test('a failure keeps no message of the same center back', async () => {
  await using service = await answering(5, 'No such topic')
  const link = open({ topic: TOPIC, ordering: true, emulator: service.emulator })
  for (const _ of [1, 2]) await link.send(message, new AbortController().signal)
  await link.close()
  expect(service.calls()).toBe(2)
})

test('a message that no request can hold is rejected, and nothing is sent', async () => {
  await using service = await answering(14, 'Unavailable')
  const link = open({ topic: TOPIC, ordering: false, emulator: service.emulator })
  const large = { ...message, body: JSON.stringify('x'.repeat(10_000_000)) }
  expect(await link.send(large, new AbortController().signal)).toMatchObject({
    kind: 'rejected',
    cause: 'rejected:message-too-large',
  })
  await link.close()
  expect(service.calls()).toBe(0)
})

describe('without credentials', () => {
  beforeEach(() => {
    delete process.env['PUBSUB_EMULATOR_HOST']
    delete process.env['GOOGLE_APPLICATION_CREDENTIALS']
    process.env['HOME'] = '/nowhere'
  })
  afterEach(() => {
    for (const [name, value] of Object.entries({
      PUBSUB_EMULATOR_HOST,
      GOOGLE_APPLICATION_CREDENTIALS,
      HOME,
    }))
      if (value !== undefined) process.env[name] = value
  })

  test('each message says so, and the process lives on', async () => {
    const link = open({ topic: TOPIC, ordering: false })
    for (const _ of [1, 2])
      expect(await link.send(message, new AbortController().signal)).toMatchObject({
        kind: 'misconfigured',
        cause: 'no-credentials',
      })
    await link.close()
  })
})

test('what was never used is closed', async () => {
  const link = open({ topic: TOPIC, ordering: false })
  await link.close()
  await link.close()
})
