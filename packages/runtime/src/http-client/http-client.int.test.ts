import { bearer } from '../authentication/authentication.ts'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createNetServer, type Socket } from 'node:net'
import { createHttpClient, type HttpClientOptions } from './http-client.ts'
import { createLogger } from '../logging/logger.ts'
import { listen } from '../testing/listen.ts'

const never = new AbortController().signal

const open = (options: Partial<HttpClientOptions> & { baseUrl: string }) => {
  const client = createHttpClient({ authentication: bearer('t0ken'), connectionsMax: 4, ...options })
  return { ...client, [Symbol.asyncDispose]: () => client.close() }
}

const serve = (handler: RequestListener) => listen(createServer(handler))
const serveRaw = (handler: (socket: Socket) => void) =>
  listen(
    createNetServer((socket) => {
      socket.on('error', () => undefined)
      handler(socket)
    }),
  )

const get = (client: ReturnType<typeof open>, signal: AbortSignal = never) =>
  client.request('GET', '/things', { eventId: 'e', headers: {}, signal })

describe('a request', () => {
  test('goes below the base URL with token, headers and JSON, and its answer comes back parsed', async () => {
    const seen: unknown[] = []
    await using server = await serve((request, response) => {
      seen.push(request.method, request.url, request.headers)
      request.setEncoding('utf8').on('data', (chunk) => seen.push(chunk))
      request.on('end', () => response.writeHead(201, { 'retry-after': '7' }).end('{"id":"1"}'))
    })
    await using client = open({ baseUrl: `${server.url}/api/` })
    const headers = { 'idempotency-key': 'k' }
    const answer = await client.request('PUT', '/things?a=1', {
      body: { name: 'a' },
      eventId: 'e',
      headers,
      signal: never,
    })
    expect(answer).toEqual({ type: 'response', status: 201, retryAfter: '7', body: { id: '1' } })
    expect(seen).toEqual([
      'PUT',
      '/api/things?a=1',
      expect.objectContaining({
        authorization: 'Bearer t0ken',
        'content-type': 'application/json',
        accept: 'application/json',
        'idempotency-key': 'k',
      }),
      '{"name":"a"}',
    ])
  })

  test('never leaves the base URL', async () => {
    await using client = open({ baseUrl: 'http://127.0.0.1:1/api' })
    for (const path of ['/../admin', '//elsewhere.example/', 'http://elsewhere.example/']) {
      await expect(client.request('GET', path, { eventId: 'e', headers: {}, signal: never })).rejects.toThrow(
        TypeError,
      )
    }
  })

  test('does not follow a redirect', async () => {
    let hits = 0
    await using elsewhere = await serve((_request, response) => {
      hits += 1
      response.end('{}')
    })
    await using server = await serve((_request, response) => {
      response.writeHead(307, { location: elsewhere.url }).end()
    })
    await using client = open({ baseUrl: server.url })
    expect(await get(client)).toEqual({ type: 'response', status: 307, body: undefined })
    expect(hits).toBe(0)
  })

  test('uses no more connections than it may', async () => {
    const sockets = new Set<unknown>()
    await using server = await serve((request, response) => {
      sockets.add(request.socket)
      setImmediate(() => response.end('{}'))
    })
    await using client = open({ baseUrl: server.url, connectionsMax: 2 })
    await Promise.all(Array.from({ length: 20 }, () => get(client)))
    expect(sockets.size).toBeLessThanOrEqual(2)
  })
})

describe('the body of an answer', () => {
  test.each([
    ['HTML', '<html></html>', { unreadable: 'it is no JSON' }],
    ['half of a JSON text', '{"id":', { unreadable: 'it is no JSON' }],
    ['nothing', '', {}],
  ])('%s is undefined', async (_what, body, reason) => {
    await using server = await serve((_request, response) => response.end(body))
    await using client = open({ baseUrl: server.url })
    expect(await get(client)).toEqual({ type: 'response', status: 200, body: undefined, ...reason })
  })

  test('of 64 KiB is read, of one byte more is not, and the client goes on', async () => {
    const full = JSON.stringify('x'.repeat(64 * 1024 - 2))
    const bodies = [full, `${full} `, '{}']
    await using server = await serve((_request, response) => response.end(bodies.shift()))
    await using client = open({ baseUrl: server.url })
    expect(await get(client)).toMatchObject({ status: 200, body: expect.any(String) })
    expect(await get(client)).toMatchObject({ body: undefined, unreadable: 'it is larger than 64 KiB' })
    expect(await get(client)).toEqual({ type: 'response', status: 200, body: {} })
  })

  test('without an end is cut at 64 KiB', async () => {
    const closed = Promise.withResolvers<void>()
    await using server = await serve((_request, response) => {
      const chunk = 'x'.repeat(16 * 1024)
      const write = () => {
        while (response.write(chunk));
      }
      response.on('drain', write).on('close', () => closed.resolve())
      write()
    })
    await using client = open({ baseUrl: server.url })
    expect(await get(client)).toMatchObject({ body: undefined, unreadable: 'it is larger than 64 KiB' })
    await closed.promise
  })
})

describe('trouble on the network', () => {
  test('a port where nobody listens: surely not sent', async () => {
    const server = await serve(() => undefined)
    await server[Symbol.asyncDispose]()
    await using client = open({ baseUrl: server.url })
    expect(await get(client)).toEqual({
      type: 'failure',
      phase: 'before-sent',
      cause: 'connection-refused',
      misconfigured: false,
    })
  })

  test.each<[string, string, string, boolean, (socket: Socket) => void]>([
    ['a reset', 'after-sent', 'connection-reset', false, (socket) => socket.resetAndDestroy()],
    ['a hang-up without an answer', 'after-sent', 'connection-reset', false, (socket) => socket.end()],
    [
      'an answer that is no HTTP',
      'after-sent',
      'invalid-response',
      false,
      (socket) => socket.end('hello\r\n\r\n'),
    ],
    [
      'a reset within the body',
      'after-sent',
      'connection-reset',
      false,
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"id"', () => socket.resetAndDestroy())
      },
    ],
  ])('%s: %s, %s', async (_what, phase, cause, misconfigured, respond) => {
    await using server = await serveRaw((socket) => socket.once('data', () => respond(socket)))
    await using client = open({ baseUrl: server.url })
    expect(await get(client)).toEqual({ type: 'failure', phase, cause, misconfigured })
  })

  test('a server that speaks no TLS, or a name that does not exist: misconfigured', async () => {
    await using server = await serveRaw((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 400 No\r\n\r\n')),
    )
    await using plain = open({ baseUrl: server.url.replace('http:', 'https:') })
    expect(await get(plain)).toMatchObject({ type: 'failure', cause: 'tls', misconfigured: true })
    await using nowhere = open({ baseUrl: 'http://does-not-exist.invalid' })
    expect(await get(nowhere)).toMatchObject({ phase: 'before-sent', cause: 'dns', misconfigured: true })
  })

  test.each([
    ['timeout', new DOMException('too long', 'TimeoutError')],
    ['aborted', undefined],
  ])('a server that hangs until the signal: %s', async (cause, reason) => {
    const controller = new AbortController()
    await using server = await serve(() => controller.abort(reason))
    await using client = open({ baseUrl: server.url })
    expect(await get(client, controller.signal)).toEqual({
      type: 'failure',
      phase: 'after-sent',
      cause,
      misconfigured: false,
    })
  })

  test('an answer that only drips ends with the signal', async () => {
    const controller = new AbortController()
    const closed = Promise.withResolvers<void>()
    await using server = await serve((_request, response) => {
      let drips = 0
      const drip = () => {
        if (++drips === 20) controller.abort(new DOMException('too long', 'TimeoutError'))
        if (!response.closed) response.write(' ', () => setImmediate(drip))
      }
      response.on('close', () => closed.resolve())
      drip()
    })
    await using client = open({ baseUrl: server.url })
    expect(await get(client, controller.signal)).toMatchObject({ type: 'failure', cause: 'timeout' })
    await closed.promise
  })

  test('a kept connection that the server has given up is in doubt, and the next request gets a new one', async () => {
    let connections = 0
    await using server = await serveRaw((socket) => {
      connections += 1
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}')
        // As a server does whose idle time ends while the next request is on its way.
        socket.once('data', () => socket.resetAndDestroy())
      })
    })
    await using client = open({ baseUrl: server.url, connectionsMax: 1 })
    expect(await get(client)).toMatchObject({ status: 200 })
    expect(await get(client)).toMatchObject({ phase: 'after-sent', cause: 'connection-reset' })
    expect(await get(client)).toMatchObject({ status: 200 })
    expect(connections).toBe(2)
  })

  test('a closed client answers with a failure', async () => {
    await using server = await serve((_request, response) => response.end('{}'))
    const client = open({ baseUrl: server.url })
    await client.close()
    expect(await get(client)).toMatchObject({ type: 'failure', cause: 'client-closed' })
  })

  test('is logged without the token', async () => {
    const lines: string[] = []
    const destination = { write: (line: string) => void lines.push(line) }
    const logger = createLogger({ level: 'debug', service: 'test', destination })
    await using client = open({ baseUrl: 'http://127.0.0.1:1', logger })
    await get(client)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain('connection-refused')
    expect(lines[0]).not.toContain('t0ken')
  })
})
