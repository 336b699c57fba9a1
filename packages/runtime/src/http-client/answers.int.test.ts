import { bearer } from '../authentication/authentication.ts'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createNetServer, type Socket } from 'node:net'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { listen } from '../testing/listen.ts'
import { createHttpClient } from './http-client.ts'

const JSON_TEXT = '{"id":"p-1"}'
const BOMB = Buffer.alloc(10 * 1024 * 1024, ' ')
const signal = new AbortController().signal

const open = (baseUrl: string) => {
  const client = createHttpClient({ baseUrl, authentication: bearer('t0ken'), connectionsMax: 1 })
  return {
    get: (until: AbortSignal = signal) =>
      client.request('GET', '/things', { eventId: 'e', headers: {}, signal: until }),
    [Symbol.asyncDispose]: () => client.close(),
  }
}

const serve = (handler: RequestListener) => listen(createServer(handler))

/** Writes these bytes for each request of a connection. */
const serveBytes = (...chunks: (string | Buffer)[]) =>
  listen(
    createNetServer((socket: Socket) => {
      socket.on('error', () => undefined)
      socket.on('data', () => {
        for (const chunk of chunks) socket.write(chunk)
      })
    }),
  )

const answerOf = async (headers: Record<string, string | string[]>, body: string | Buffer) => {
  await using server = await serve((_request, response) => response.writeHead(200, headers).end(body))
  await using client = open(server.url)
  return await client.get()
}

describe('c18, row 47: the encoding of an answer', () => {
  test('is one of those that the request names', async () => {
    let asked: unknown
    await using server = await serve((request, response) => {
      asked = request.headers['accept-encoding']
      response.end('{}')
    })
    await using client = open(server.url)
    await client.get()
    expect(asked).toBe('gzip, deflate, br')
  })

  test.each<[string, string | string[], Buffer]>([
    ['gzip', 'gzip', gzipSync(JSON_TEXT)],
    ['gzip under its old name, in capitals', 'X-GZIP', gzipSync(JSON_TEXT)],
    ['deflate', 'deflate', deflateSync(JSON_TEXT)],
    ['deflate without the header of zlib', 'deflate', deflateRawSync(JSON_TEXT)],
    ['Brotli', 'br', brotliCompressSync(JSON_TEXT)],
    ['none, by name', 'identity', Buffer.from(JSON_TEXT)],
    ['an empty name', '', Buffer.from(JSON_TEXT)],
    ['two layers in one header', 'deflate, gzip', gzipSync(deflateSync(JSON_TEXT))],
    ['two layers in two headers', ['br', 'gzip'], gzipSync(brotliCompressSync(JSON_TEXT))],
  ])('%s: the answer is read', async (_what, encoding, body) => {
    expect(await answerOf({ 'content-encoding': encoding }, body)).toEqual({
      type: 'response',
      status: 200,
      body: { id: 'p-1' },
    })
  })

  test.each<[string, string, Buffer, string]>([
    ['a bomb', 'gzip', gzipSync(BOMB), 'larger than 64 KiB'],
    ['a bomb of Brotli', 'br', brotliCompressSync(BOMB), 'larger than 64 KiB'],
    ['a bomb in a bomb', 'gzip, gzip', gzipSync(gzipSync(BOMB)), 'larger than 64 KiB'],
    ['a gzip that is cut off', 'gzip', gzipSync(JSON_TEXT).subarray(0, 20), 'gzip is damaged or cut off'],
    ['no gzip at all', 'gzip', Buffer.from(JSON_TEXT), 'gzip is damaged or cut off'],
    ['a wrong checksum', 'gzip', Buffer.from(gzipSync(JSON_TEXT)).fill(0, 24), 'gzip is damaged or cut off'],
    [
      'an encoding that nobody asked for',
      'zstd',
      zstdCompressSync(JSON_TEXT),
      'its encoding zstd is none of',
    ],
    ['too many layers', 'gzip,gzip,gzip,gzip', gzipSync(JSON_TEXT), 'encoded 4 times'],
  ])('%s: nothing is read, and it says why', async (_what, encoding, body, why) => {
    expect(await answerOf({ 'content-encoding': encoding }, body)).toEqual({
      type: 'response',
      status: 200,
      body: undefined,
      unreadable: expect.stringContaining(why),
    })
  })

  test('64 KiB decoded are read, one byte more is not', async () => {
    const full = JSON.stringify('x'.repeat(64 * 1024 - 2))
    expect(await answerOf({ 'content-encoding': 'gzip' }, gzipSync(full))).toMatchObject({
      body: expect.any(String),
    })
    expect(await answerOf({ 'content-encoding': 'gzip' }, gzipSync(`${full} `))).toMatchObject({
      body: undefined,
      unreadable: 'it is larger than 64 KiB',
    })
  })

  test('a refusal that is compressed proves itself as well', async () => {
    await using server = await serve((_request, response) => {
      response
        .writeHead(422, { 'content-encoding': 'gzip' })
        .end(gzipSync('{"code":"bad-cnpj","message":"Bad"}'))
    })
    await using client = open(server.url)
    expect(await client.get()).toMatchObject({ status: 422, body: { code: 'bad-cnpj', message: 'Bad' } })
  })
})

const FINAL = `HTTP/1.1 200 OK\r\nContent-Length: ${JSON_TEXT.length}\r\n\r\n${JSON_TEXT}`
const READ = { type: 'response', status: 200, body: { id: 'p-1' } }

describe('row 47: interim answers', () => {
  test.each<[string, string[]]>([
    ['100', ['HTTP/1.1 100 Continue\r\n\r\n', FINAL]],
    ['100 in one packet with the answer', [`HTTP/1.1 100 Continue\r\n\r\n${FINAL}`]],
    ['102', ['HTTP/1.1 102 Processing\r\n\r\n', FINAL]],
    ['103 with headers', ['HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n', FINAL]],
    ['one that has no name yet', ['HTTP/1.1 199 Odd\r\n\r\n', FINAL]],
    [
      'five hundred',
      [...Array<string>(250).fill('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 H\r\n\r\n'), FINAL],
    ],
  ])('%s: skipped, also on a kept connection', async (_what, chunks) => {
    await using server = await serveBytes(...chunks)
    await using client = open(server.url)
    expect(await client.get()).toEqual(READ)
    expect(await client.get()).toEqual(READ)
  })

  test('without an end they end with the signal', async () => {
    await using server = await serve((_request, response) => {
      const hint = () => {
        if (!response.closed) response.writeProcessing()
        if (!response.closed) setImmediate(hint)
      }
      hint()
    })
    await using client = open(server.url)
    const timeout = AbortSignal.timeout(100)
    expect(await client.get(timeout)).toMatchObject({
      type: 'failure',
      phase: 'after-sent',
      cause: 'timeout',
    })
  })

  test('a protocol that nobody asked for is no answer', async () => {
    await using server = await serveBytes(
      'HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
    )
    await using client = open(server.url)
    expect(await client.get()).toMatchObject({
      type: 'failure',
      phase: 'after-sent',
      cause: 'invalid-response',
    })
  })
})

describe('odd but legal answers', () => {
  test.each<[string, Record<string, string>, string | Buffer]>([
    ['a byte order mark', {}, `\uFEFF${JSON_TEXT}`],
    ['no type at all', { 'content-type': '' }, JSON_TEXT],
    ['a type that is not JSON', { 'content-type': 'text/html; charset=klingon' }, JSON_TEXT],
    ['UTF-16', { 'content-type': 'application/json; charset=utf-16le' }, Buffer.from(JSON_TEXT, 'utf16le')],
  ])('%s: the answer is read', async (_what, headers, body) => {
    expect(await answerOf(headers, body)).toEqual(READ)
  })

  test.each<[string, string, Buffer]>([
    ['UTF-8', 'application/json', Buffer.from('{"name":"São João"}')],
    [
      'UTF-8 that says it is Latin-1',
      'application/json; charset=iso-8859-1',
      Buffer.from('{"name":"São João"}'),
    ],
    ['Latin-1', 'application/json; charset="ISO-8859-1"', Buffer.from('{"name":"São João"}', 'latin1')],
    ['Latin-1 that does not say so', 'application/json', Buffer.from('{"name":"São João"}', 'latin1')],
  ])('%s: names are what they were', async (_what, type, body) => {
    expect(await answerOf({ 'content-type': type }, body)).toMatchObject({ body: { name: 'São João' } })
  })

  test.each<[string, string[], object]>([
    [
      'chunks with trailers',
      [
        `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6;a=b\r\n{"id":\r\n6\r\n"p-1"}\r\n0\r\nX-Sum: 1\r\n\r\n`,
      ],
      READ,
    ],
    ['204', ['HTTP/1.1 204 No Content\r\n\r\n'], { type: 'response', status: 204, body: undefined }],
    [
      '204 with a body',
      [`HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n{}`],
      { type: 'response', status: 204, body: undefined },
    ],
    [
      '205 with a body',
      ['HTTP/1.1 205 Reset Content\r\nContent-Length: 2\r\n\r\n{}'],
      { type: 'response', status: 205, body: {} },
    ],
    [
      'an empty answer that says gzip',
      ['HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 0\r\n\r\n'],
      { type: 'response', status: 200, body: undefined },
    ],
    [
      'a status without words',
      [`HTTP/1.1 200\r\nContent-Length: ${JSON_TEXT.length}\r\n\r\n${JSON_TEXT}`],
      READ,
    ],
  ])('%s: read, and so is the next one', async (_what, chunks, expected) => {
    await using server = await serveBytes(...chunks)
    await using client = open(server.url)
    expect(await client.get()).toEqual(expected)
    expect(await client.get()).toEqual(expected)
  })

  test('HTTP/1.0, ended by the end of the connection: read', async () => {
    await using server = await listen(
      createNetServer((socket) => {
        socket.once('data', () => socket.end(`HTTP/1.0 200 OK\r\n\r\n${JSON_TEXT}`))
      }),
    )
    await using client = open(server.url)
    expect(await client.get()).toEqual(READ)
    expect(await client.get()).toEqual(READ)
  })

  test('a flood of headers: no answer, and its end comes at once', async () => {
    await using server = await serveBytes(
      'HTTP/1.1 200 OK\r\n',
      ...Array<string>(2000).fill(`X-Flood: ${'x'.repeat(64)}\r\n`),
      '\r\n',
    )
    await using client = open(server.url)
    expect(await client.get()).toMatchObject({ type: 'failure', cause: 'invalid-response' })
  })
})
