import { once } from 'node:events'
import { get, request, type IncomingMessage } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { waitFor } from '@mensageria/testkit/wait-for'
import { createEventHub } from './event-hub.ts'
import { startConsole } from './testing/start-console.ts'
import { createWatchers, WATCHERS_MAX, WATCHERS_PER_CALLER_MAX } from './watchers.ts'

const portOf = (server: { address(): AddressInfo | string | null }): number => {
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('Listens on no port')
  return address.port
}

/** Opens a stream; `until` resolves with all that came once it holds the text. */
const watch = async (url: string) => {
  const asked = get(url)
  const [answer]: IncomingMessage[] = await once(asked, 'response')
  if (!answer) throw new Error('There is no answer')
  answer.setEncoding('utf8')
  let received = ''
  const waiting: { text: string; found: (received: string) => void }[] = []
  answer.on('data', (part: string) => {
    received += part
    for (const { text, found } of waiting) if (received.includes(text)) found(received)
  })
  answer.on('error', () => undefined)
  return {
    answer,
    until: (text: string) =>
      new Promise<string>((found) => {
        waiting.push({ text, found })
        if (received.includes(text)) found(received)
      }),
    stop: () => asked.destroy(),
  }
}

test('a watcher gets a pause as a server-sent event, and a later watcher does not', async () => {
  await using console = await startConsole()
  const url = await console.app.listen({ host: '127.0.0.1', port: 0 })
  const watcher = await watch(`${url}/v1/events`)
  expect(watcher.answer.headers).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
  })
  await watcher.until('retry: 2000')
  await console.post('integrations/maas:pause', { reason: 'x' })
  const text = await watcher.until('"maas"')
  const [, data = ''] = /event: integration\ndata: (.*)\n\n/.exec(text) ?? []
  expect(JSON.parse(data)).toMatchObject({ name: 'maas', health: 'paused' })
  const later = await watch(`${url}/v1/events`)
  expect(await later.until('retry')).not.toContain('maas')
  watcher.stop()
  later.stop()
})

test('a watcher that leaves is forgotten', async () => {
  await using console = await startConsole()
  const url = await console.app.listen({ host: '127.0.0.1', port: 0 })
  const watcher = await watch(`${url}/v1/events`)
  await watcher.until('retry')
  expect(console.hub.size()).toBe(1)
  const left = new Promise<void>((resolve) => {
    const look = () => (console.hub.size() === 0 ? resolve() : setImmediate(look))
    look()
  })
  watcher.stop()
  await left
})

test('a server that closes ends every stream at once', async () => {
  const console = await startConsole()
  const url = await console.app.listen({ host: '127.0.0.1', port: 0 })
  const watcher = await watch(`${url}/v1/events`)
  await watcher.until('retry')
  const began = performance.now()
  await Promise.all([once(watcher.answer, 'end'), console[Symbol.asyncDispose]()])
  expect(performance.now() - began).toBeLessThan(3_000)
})

const ask = (url: string, method: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    request(`${url}/v1/events`, { method }, (answer) => resolve(answer.resume()))
      .on('error', reject)
      .end()
  })

test('c04: HEAD has the head of the stream and keeps nothing, however often', async () => {
  const watchers = createWatchers()
  await using console = await startConsole({ watchers })
  const url = await console.app.listen({ host: '127.0.0.1', port: 0 })
  for (let n = 0; n < 150; n += 1) {
    const { statusCode, headers } = await ask(url, 'HEAD')
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/event-stream'])
  }
  expect([console.hub.size(), watchers.size()]).toEqual([0, 0])
})

test('defect 10: a stream is held back by no proxy: it begins at once, and says so to nginx', async () => {
  await using console = await startConsole()
  const url = await console.app.listen({ host: '127.0.0.1', port: 0 })
  const watcher = await watch(`${url}/v1/events`)
  expect(await watcher.until('retry')).toMatch(/^: here\n/)
  expect(watcher.answer.headers['x-accel-buffering']).toBe('no')
  watcher.stop()
})

test('defect 10: all places taken is 503, all of one caller 429; both say when to ask again', async () => {
  const full = createWatchers(1, 2)
  full.enter('somebody else')
  await using first = await startConsole({ watchers: full })
  const busy = await first.app.inject('/v1/events')
  expect([busy.statusCode, busy.headers['retry-after']]).toEqual([503, '30'])
  const mine = createWatchers(3, 1)
  mine.enter('127.0.0.1')
  await using second = await startConsole({ watchers: mine })
  const often = await second.app.inject('/v1/events')
  expect([often.statusCode, often.headers['retry-after']]).toEqual([429, '30'])
  expect(often.json()).toMatchObject({ type: 'urn:mensageria:problem:too-many-requests' })
})

test('defect 10: one caller cannot take all places, and a place is given back once', () => {
  const watchers = createWatchers()
  const mine = Array.from({ length: WATCHERS_MAX }, () => watchers.enter('ana@example.com'))
  expect(watchers.size()).toBe(WATCHERS_PER_CALLER_MAX)
  expect(watchers.enter('bia@example.com')).toHaveProperty('leave')
  const [first] = mine
  if (typeof first !== 'object') throw new Error('There was no place')
  first.leave()
  first.leave()
  expect(watchers.size()).toBe(WATCHERS_PER_CALLER_MAX)
})

test('defect 10: a watcher that does not read is dropped, and its place is free again', async () => {
  const watchers = createWatchers()
  await using console = await startConsole({ watchers })
  await console.app.listen({ host: '127.0.0.1', port: 0 })
  const socket = connect(portOf(console.app.server), '127.0.0.1')
  socket.on('error', () => undefined)
  // Reads the beginning, and nothing after it.
  socket.write('GET /v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await once(socket, 'data')
  socket.pause()
  const data = () => ({ text: 'x'.repeat(64 * 1024) })
  await waitFor(
    'nobody watches',
    async () => {
      console.hub.publish('delivery', data)
      return watchers.size()
    },
    { until: (size) => size === 0 },
  )
  expect(console.hub.size()).toBe(0)
  socket.destroy()
})

test('defect 10: a caller that goes away before the stream begins leaves nothing', async () => {
  const watchers = createWatchers()
  const ready = Promise.withResolvers<void>()
  await using console = await startConsole({ watchers, beginWatching: () => ready.promise })
  await console.app.listen({ host: '127.0.0.1', port: 0 })
  const socket = connect(portOf(console.app.server), '127.0.0.1')
  socket.write('GET /v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await waitFor('somebody watches', async () => watchers.size(), { until: (size) => size === 1 })
  socket.destroy()
  await waitFor('nobody watches', async () => watchers.size(), { until: (size) => size === 0 })
  ready.resolve()
  expect(console.hub.size()).toBe(0)
})

test('an event costs nothing while nobody watches', () => {
  const hub = createEventHub()
  let made = 0
  const data = () => ({ n: (made += 1) })
  hub.publish('delivery', data)
  expect(made).toBe(0)
  const heard: string[] = []
  const stop = hub.listen(
    (text) => heard.push(text),
    () => {},
  )
  hub.publish('delivery', data)
  stop()
  hub.publish('delivery', data)
  expect(heard).toEqual(['event: delivery\ndata: {"n":1}\n\n'])
})

test('a stream begins only once every later change would be told', async () => {
  const ready = Promise.withResolvers<void>()
  await using console = await startConsole({ beginWatching: () => ready.promise })
  const url = await console.app.listen({ host: '127.0.0.1', port: 0 })
  let begun = false
  const watching = watch(`${url}/v1/events`).then((watcher) => {
    begun = true
    return watcher
  })
  // An answer to a later request comes first.
  expect((await fetch(`${url}/v1/summary`)).status).toBe(200)
  expect([begun, console.hub.size()]).toEqual([false, 1])
  ready.resolve()
  const watcher = await watching
  await watcher.until('retry')
  watcher.stop()
})

test('where that cannot be, nobody watches', async () => {
  await using console = await startConsole({ beginWatching: () => Promise.reject(new Error('away')) })
  expect((await console.app.inject({ method: 'GET', url: '/v1/events' })).statusCode).toBe(503)
  expect(console.hub.size()).toBe(0)
})
