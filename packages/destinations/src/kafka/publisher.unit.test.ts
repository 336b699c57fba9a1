import type { Outcome } from '@mensageria/core'
import { ProtocolError } from '@platformatic/kafka'
import type { KafkaClient } from './client.ts'
import { createPublisher } from './publisher.ts'
import type { KafkaRecord } from './to-record.ts'

const recordOf = (name: string): KafkaRecord => ({
  key: Buffer.from('one center'),
  value: Buffer.from(name),
  headers: new Map(),
})
const namesOf = (records: readonly KafkaRecord[]) => records.map(({ value }) => String(value))

const never = new AbortController().signal

type Send = (names: string[]) => Promise<void>

const openClient = (send: Send, { connect = async () => {} }: { connect?: () => Promise<void> } = {}) => {
  const batches: string[][] = []
  const calls: string[] = []
  const client: KafkaClient = {
    partitions: async () => 1,
    connect,
    send: async (_, records) => {
      const names = namesOf(records)
      batches.push(names)
      await send(names)
    },
    reset: () => calls.push('reset'),
    close: async () => {
      calls.push('close')
    },
  }
  return { client, batches, calls }
}

const kindsOf = (outcomes: readonly Outcome[]) => outcomes.map(({ kind }) => kind)
const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']

test('while one batch is on its way, the rest becomes the next one', async () => {
  const { client, batches } = openClient(async () => {})
  const { send } = createPublisher(client)
  const outcomes = await Promise.all(letters.map((name) => send(recordOf(name), never)))
  expect(new Set(kindsOf(outcomes))).toEqual(new Set(['delivered']))
  expect(batches).toEqual([['a'], ['b', 'c', 'd', 'e', 'f', 'g', 'h']])
})

test('two batches are never on their way at once', async () => {
  let running = 0
  let most = 0
  const { client } = openClient(async () => {
    most = Math.max(most, ++running)
    await new Promise(setImmediate)
    running--
  })
  const { send } = createPublisher(client)
  const later = async (name: string) => {
    await new Promise(setImmediate)
    return send(recordOf(name), never)
  }
  await Promise.all([...letters.map((name) => send(recordOf(name), never)), ...letters.map(later)])
  expect(most).toBe(1)
})

test('a record that the broker refuses takes no other with it', async () => {
  const { client, batches, calls } = openClient(async (names) => {
    if (names.includes('e')) throw new ProtocolError('MESSAGE_TOO_LARGE')
  })
  const { send } = createPublisher(client)
  const outcomes = await Promise.all(['first', ...letters].map((name) => send(recordOf(name), never)))
  expect(kindsOf(outcomes)).toEqual(
    ['first', ...letters].map((name) => (name === 'e' ? 'rejected' : 'delivered')),
  )
  expect(
    batches
      .filter((names) => !names.includes('e'))
      .flat()
      .toSorted(),
  ).toEqual(['first', ...letters].filter((name) => name !== 'e').toSorted())
  expect(calls).toEqual([])
})

test('a batch in doubt is not sent again, and the client begins anew', async () => {
  const { client, batches, calls } = openClient(async (names) => {
    if (names.includes('b')) throw new Error('Connection closed')
  })
  const { send } = createPublisher(client)
  const outcomes = await Promise.all(['a', 'b', 'c'].map((name) => send(recordOf(name), never)))
  expect(kindsOf(outcomes)).toEqual(['delivered', 'unknown', 'unknown'])
  expect(batches).toEqual([['a'], ['b', 'c']])
  expect(calls).toEqual(['reset'])
  expect(await send(recordOf('d'), never)).toEqual({ kind: 'delivered' })
})

test.each([
  [new ProtocolError('UNKNOWN_TOPIC_OR_PARTITION'), []],
  [new ProtocolError('MESSAGE_TOO_LARGE'), []],
  [new ProtocolError('OUT_OF_ORDER_SEQUENCE_NUMBER'), ['reset']],
  [new ProtocolError('REQUEST_TIMED_OUT'), ['reset']],
  [Object.assign(new Error('certificate'), { code: 'CERT_HAS_EXPIRED' }), ['reset']],
])('%s: only what a broker refuses keeps the connection', async (error, expected) => {
  const { client, calls } = openClient(() => Promise.reject(error))
  await createPublisher(client).send(recordOf('a'), never)
  expect(calls).toEqual(expected)
})

test('where no leader can be reached nothing is sent, and nothing in doubt', async () => {
  const { client, batches } = openClient(async () => {}, {
    connect: () => Promise.reject(new Error('Connection closed')),
  })
  const outcomes = await createPublisher(client).send(recordOf('a'), never)
  expect([outcomes.kind, batches]).toEqual(['transient', []])
})

test('whose time ends while it waits is not sent', async () => {
  const gate = Promise.withResolvers<void>()
  const { client, batches } = openClient(() => gate.promise)
  const { send } = createPublisher(client)
  const first = send(recordOf('a'), never)
  const controller = new AbortController()
  const second = send(recordOf('b'), controller.signal)
  controller.abort(new DOMException('The call took too long', 'TimeoutError'))
  expect(await second).toMatchObject({ kind: 'transient', cause: 'timeout' })
  gate.resolve()
  expect(await first).toEqual({ kind: 'delivered' })
  expect(batches).toEqual([['a']])
})

test('whose time ends while its batch is on its way is in doubt, whatever comes later', async () => {
  const gate = Promise.withResolvers<void>()
  const sent = Promise.withResolvers<void>()
  const { client } = openClient(() => {
    sent.resolve()
    return gate.promise
  })
  const controller = new AbortController()
  const outcome = createPublisher(client).send(recordOf('a'), controller.signal)
  await sent.promise
  controller.abort(new DOMException('The call took too long', 'TimeoutError'))
  gate.resolve()
  expect(await outcome).toMatchObject({ kind: 'unknown', cause: 'timeout' })
})

test('who had no time left at the start sends nothing', async () => {
  const { client, batches } = openClient(async () => {})
  const outcome = await createPublisher(client).send(recordOf('a'), AbortSignal.abort())
  expect([outcome.kind, batches]).toEqual(['transient', []])
})

test('closing ends what waits, and nothing begins after it', async () => {
  const gate = Promise.withResolvers<void>()
  const { client, batches, calls } = openClient(() => gate.promise)
  const { send, close } = createPublisher(client)
  const first = send(recordOf('a'), never)
  const second = send(recordOf('b'), never)
  await close()
  expect(await second).toMatchObject({ kind: 'transient', cause: 'client-closed' })
  gate.reject(new Error('Connection closed'))
  expect(await first).toMatchObject({ kind: 'unknown', cause: 'connection-closed' })
  expect(await send(recordOf('c'), never)).toMatchObject({ kind: 'transient', cause: 'client-closed' })
  expect([batches, calls[0]]).toEqual([[['a']], 'close'])
})
