import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { ALL_METHODS, askOddly, askRaw } from '@mensageria/testkit/odd-requests'
import { buildHttpApp } from '../http/http-app.ts'
import { createLogger } from '../logging/logger.ts'
import { portOf } from '../testing/listen.ts'
import { envelopeOf } from '../testing/push-samples.ts'
import { createPushPlugin, type PushAnswer, type PushPluginOptions } from './push-plugin.ts'
import { createLocalVerifier } from './push-verifier.ts'

const start = async (handle: PushPluginOptions['handle'], drainMs?: number) => {
  const logger = createLogger({ level: 'silent', service: 'test', destination: { write: () => undefined } })
  const plugin = createPushPlugin({
    verify: createLocalVerifier(),
    handle,
    ...(drainMs === undefined ? {} : { drainMs }),
  })
  const app = await buildHttpApp({ logger, bodyLimitBytes: 1024, plugins: [plugin] })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const push = async (): Promise<string> => {
    const socket = connect(portOf(app.server), '127.0.0.1').on('error', () => undefined)
    const body = JSON.stringify(envelopeOf())
    const head = `POST /push HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}`
    socket.write(`${head}\r\n\r\n${body}`)
    return text(socket).catch(() => '')
  }
  return { app, push }
}

describe('while the process ends', () => {
  test('a push in flight finishes and is answered, and its work is not told to end', async () => {
    const begun = Promise.withResolvers<AbortSignal>()
    const work = Promise.withResolvers<PushAnswer>()
    const { app, push } = await start(async (_message, { signal }) => {
      begun.resolve(signal)
      return work.promise
    })
    const answer = push()
    const signal = await begun.promise
    const closed = app.close()
    while (app.server.listening) await new Promise(setImmediate)
    work.resolve({ ack: true })
    expect(await answer).toMatch(/^HTTP\/1\.1 204 /)
    await closed
    expect(signal.aborted).toBe(false)
  })

  test('work that goes on for too long is told to end, and is answered when it has', async () => {
    const { app, push } = await start(async (_message, { signal }) => {
      begun.resolve()
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
      return { ack: false, result: 'unknown' }
    }, 1)
    const begun = Promise.withResolvers<void>()
    const answer = push()
    await begun.promise
    await app.close()
    expect(await answer).toMatch(/^HTTP\/1\.1 503 /)
  })

  test('the close waits for work whose caller has gone', async () => {
    const begun = Promise.withResolvers<void>()
    const work = Promise.withResolvers<PushAnswer>()
    const { app, push } = await start(async () => {
      begun.resolve()
      return work.promise
    })
    void push()
    await begun.promise
    let settled = false
    const closed = app.close()
    app.server.closeAllConnections()
    while (app.server.listening) await new Promise(setImmediate)
    const finished = work.promise.then(() => {
      settled = true
    })
    setImmediate(() => work.resolve({ ack: true }))
    await closed
    expect(settled).toBe(true)
    await finished
  })
})

test('row 52: every odd request to a push endpoint is answered or refused with a problem document', async () => {
  const logger = createLogger({ level: 'silent', service: 'test', destination: { write: () => undefined } })
  const plugin = createPushPlugin({ verify: createLocalVerifier(), handle: async () => ({ ack: true }) })
  const app = await buildHttpApp({ logger, bodyLimitBytes: 1024, allowedHosts: [], plugins: [plugin] })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const body = JSON.stringify(envelopeOf())
  for (const method of ['POST', 'GET']) {
    expect(await askOddly(portOf(app.server), { method, path: '/push', body })).toEqual([])
  }
  for (const method of ALL_METHODS.filter((one) => one !== 'POST')) {
    const asked = `${method} /push HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`
    expect([method, await askRaw(portOf(app.server), asked)]).toMatchObject([
      method,
      { status: 405, ended: true },
    ])
  }
  await app.close()
})
