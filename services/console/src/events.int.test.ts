import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { createEventHub } from './event-hub.ts'
import { startConsole } from './testing/start-console.ts'

/** Opens a stream; `until` resolves with all that came once it holds the text. */
const watch = async (url: string) => {
  const request = get(url)
  const [answer]: IncomingMessage[] = await once(request, 'response')
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
    stop: () => request.destroy(),
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

test('too many watchers are refused', async () => {
  const hub = createEventHub()
  for (let n = 0; n < 100; n++)
    hub.listen(
      () => {},
      () => {},
    )
  await using console = await startConsole({ hub })
  expect(await console.get('events')).toMatchObject({ status: 503 })
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
