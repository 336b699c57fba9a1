import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { fastify } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { App } from './app.ts'
import { buildHttpApp } from './http-app.ts'
import { useClosing } from './closing.ts'
import { createLogger } from '../logging/logger.ts'
import { portOf } from '../testing/listen.ts'

const start = async (addRoutes: (app: App) => void) => {
  const logger = createLogger({ level: 'silent', service: 'test', destination: { write: () => undefined } })
  const app = await buildHttpApp({ logger, bodyLimitBytes: 1024, plugins: [addRoutes] })
  await app.listen({ port: 0, host: '127.0.0.1' })
  return { app, port: portOf(app.server) }
}

const request = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`

describe('while the server closes', () => {
  test('a request in work finishes, and its connection ends with it', async () => {
    const work = Promise.withResolvers<string>()
    const begun = Promise.withResolvers<void>()
    const { app, port } = await start((scope) => {
      scope.get('/slow', () => {
        begun.resolve()
        return work.promise
      })
    })
    const socket = connect(port, '127.0.0.1')
    const received = text(socket)
    socket.write(request('/slow'))
    await begun.promise
    const closed = app.close()
    while (app.server.listening) await new Promise(setImmediate)
    const startedAt = performance.now()
    work.resolve('finished')
    expect(await received).toMatch(/^HTTP\/1\.1 200 [\s\S]*connection: close[\s\S]*finished$/)
    await closed
    // Connections that do not end by themselves are cut after six seconds.
    expect(performance.now() - startedAt).toBeLessThan(3_000)
  })

  test('a request that arrives on an open connection gets 503 as a problem document', async () => {
    const { app, port } = await start(() => undefined)
    const socket = connect(port, '127.0.0.1')
    const received = text(socket)
    const [serverSide] = await once(app.server, 'connection')
    const [begin, end] = [request('/slow').slice(0, 9), request('/slow').slice(9)]
    socket.write(begin)
    await once(serverSide, 'data')
    const closed = app.close()
    while (app.server.listening) await new Promise(setImmediate)
    socket.write(end)
    const answer = await received
    await closed
    expect(answer).toMatch(/^HTTP\/1\.1 503 /)
    expect(answer).toContain('application/problem+json')
    expect(answer).toContain('"instance":"/slow"')
  })

  test('a new connection is refused', async () => {
    const { app, port } = await start(() => undefined)
    await app.close()
    const socket = connect(port, '127.0.0.1')
    const [error] = await once(socket, 'error').catch((reason: unknown) => [reason])
    expect(error).toMatchObject({ code: 'ECONNREFUSED' })
  })

  test('a request that never ends is cut', async () => {
    const logger = createLogger({ level: 'silent', service: 'test', destination: { write: () => undefined } })
    const app = fastify({ loggerInstance: logger }).withTypeProvider<ZodTypeProvider>()
    useClosing(app, 10)
    await app.listen({ port: 0, host: '127.0.0.1' })
    const socket = connect(portOf(app.server), '127.0.0.1').on('error', () => undefined)
    socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n')
    await once(app.server, 'request')
    await app.close()
    await once(socket.resume(), 'close')
    expect(app.server.listening).toBe(false)
  })

  test('an idle connection does not hold it up', async () => {
    const { app, port } = await start(() => undefined)
    const socket = connect(port, '127.0.0.1')
    socket.write(request('/health/live'))
    await once(socket, 'data')
    await app.close()
    await once(socket.resume(), 'close')
    expect(app.server.listening).toBe(false)
  })
})
