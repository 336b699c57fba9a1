import { createServer } from 'node:http'
import { answerClientError } from './answer-client-error.ts'
import type { App } from '../app.ts'
import { buildHttpApp } from '../http-app.ts'
import { createLogger } from '../../logging/logger.ts'
import { listen, portOf } from '../../testing/listen.ts'
import { parseResponse, talk } from '../../testing/talk.ts'

const start = async () => {
  const logger = createLogger({ level: 'silent', service: 'test', destination: { write: () => undefined } })
  const plugins = [(scope: App) => void scope.post('/things', () => 'taken')]
  const app = await buildHttpApp({ logger, bodyLimitBytes: 1024, plugins })
  await app.listen({ port: 0, host: '127.0.0.1' })
  return { port: portOf(app.server), [Symbol.asyncDispose]: () => app.close() }
}

const HOST = 'Host: localhost\r\n'

describe('what the HTTP parser refuses', () => {
  test.each([
    ['a method that is none', 400, `NOPE /things HTTP/1.1\r\n${HOST}\r\n`],
    ['a request line that is none', 400, 'hello\r\n\r\n'],
    ['a header name with a space', 400, `GET / HTTP/1.1\r\n${HOST}bad header: x\r\n\r\n`],
    ['a header value with a control character', 400, `GET / HTTP/1.1\r\n${HOST}x: \u0000\r\n\r\n`],
    ['no Host', 400, 'GET /things HTTP/1.1\r\nConnection: close\r\n\r\n'],
    [
      'two ideas of the body length',
      400,
      `POST /things HTTP/1.1\r\n${HOST}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    [
      'a chunk size that is none',
      400,
      `POST /things HTTP/1.1\r\n${HOST}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n`,
    ],
    ['16 KiB of headers', 431, `GET / HTTP/1.1\r\n${HOST}x: ${'y'.repeat(17_000)}\r\n\r\n`],
  ])('%s is %d with a problem document', async (_what, status, request) => {
    await using server = await start()
    const answer = parseResponse(await talk(server.port, request))
    expect(answer).toMatchObject({ status, type: 'application/problem+json', body: { status } })
  })

  test('the answer arrives although the peer goes on sending', async () => {
    await using server = await start()
    const answer = await talk(server.port, `NOPE / HTTP/1.1\r\n${HOST}\r\n`, 'x'.repeat(1024 * 1024))
    expect(parseResponse(answer)).toMatchObject({ status: 400 })
  })

  test('a request that does not arrive in time is 408', async () => {
    const server = createServer({ headersTimeout: 20, requestTimeout: 20, connectionsCheckingInterval: 10 })
    server.on('clientError', answerClientError)
    await using listening = await listen(server)
    const answer = parseResponse(await talk(listening.port, 'GET / HTTP/1.1\r\n'))
    expect(answer).toMatchObject({ status: 408, body: { type: 'urn:mensageria:problem:request-timeout' } })
  })

  test('an answer that has begun is not written into', async () => {
    const server = createServer((_request, response) => response.writeHead(200).write('begun'))
    server.on('clientError', answerClientError)
    await using listening = await listen(server)
    const request = `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\nZZ\r\n`
    expect(await talk(listening.port, request)).not.toContain('problem')
  })

  test('the server goes on answering others', async () => {
    await using server = await start()
    await talk(server.port, 'hello\r\n\r\n')
    const answer = await talk(server.port, `GET /health/live HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`)
    expect(parseResponse(answer)).toMatchObject({ status: 200, body: { status: 'live' } })
  })
})
