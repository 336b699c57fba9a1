import { ITEM } from './testing/sample-system.ts'
import { startTestSimulator } from './testing/test-client.ts'
import type { TestRequest } from './testing/test-client.ts'

const { simulator, call, arrived } = await startTestSimulator()
beforeEach(() => simulator.reset())
afterAll(() => simulator.close())

const write = (request: TestRequest = {}) =>
  call('second', '/items/a', { body: ITEM, key: 'a:1:second', ...request })

const effects = (): number => simulator.effects('second').length

const RESET = { cause: { code: 'ECONNRESET' } }

describe('an answer in front of the system, without an effect', () => {
  test('down answers 503, also where the token is wrong or the path unknown', async () => {
    simulator.setDials('second', { mode: 'down' })
    const answer = await write()
    expect(answer.status).toBe(503)
    expect(await answer.json()).toEqual({ code: 'unavailable', message: expect.any(String) })
    expect((await write({ headers: { authorization: 'none' } })).status).toBe(503)
    expect((await call('second', '/nothing', { method: 'GET' })).status).toBe(503)
    expect(effects()).toBe(0)
  })

  test('status answers the status, Retry-After and body that were set', async () => {
    simulator.setDials('second', {
      mode: 'status',
      status: 429,
      retryAfter: '7',
      body: { code: 'slow-down', message: 'x' },
    })
    const answer = await write()
    expect(answer.status).toBe(429)
    expect(answer.headers.get('retry-after')).toBe('7')
    expect(await answer.json()).toEqual({ code: 'slow-down', message: 'x' })
    expect(effects()).toBe(0)
  })

  test('status without a body is no proof of a refusal', async () => {
    simulator.setDials('second', { mode: 'status', status: 422 })
    const answer = await write()
    expect(answer.status).toBe(422)
    expect(answer.headers.get('retry-after')).toBeNull()
    expect(await answer.json()).toEqual({ error: 'Simulated' })
    expect(effects()).toBe(0)
  })

  test('status can be one that has no body', async () => {
    simulator.setDials('second', { mode: 'status', status: 204 })
    const answer = await write()
    expect(answer.status).toBe(204)
    expect(await answer.text()).toBe('')
    expect(effects()).toBe(0)
  })

  test('garbage is 200 with a page', async () => {
    simulator.setDials('second', { mode: 'garbage' })
    const answer = await write()
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toContain('text/html')
    expect(await answer.text()).toContain('<!doctype html>')
    expect(effects()).toBe(0)
  })

  test('empty is 200 with nothing', async () => {
    simulator.setDials('second', { mode: 'empty' })
    const answer = await write()
    expect(answer.status).toBe(200)
    expect(await answer.text()).toBe('')
    expect(effects()).toBe(0)
  })

  test('huge goes on far beyond 64 KiB', async () => {
    simulator.setDials('second', { mode: 'huge' })
    const answer = await write()
    expect(answer.status).toBe(200)
    let bytes = 0
    for await (const chunk of answer.body ?? []) {
      bytes += chunk.length
      if (bytes > 1024 * 1024) break
    }
    expect(bytes).toBeGreaterThan(1024 * 1024)
    expect(effects()).toBe(0)
  })

  test('redirect is a 307, and who follows it is counted', async () => {
    simulator.setDials('second', { mode: 'redirect' })
    const answer = await write()
    expect(answer.status).toBe(307)
    expect(answer.headers.get('location')).toBe('/simulator/redirect-target/second')
    expect(simulator.summaryOf('second').redirectsFollowed).toBe(0)
    await fetch(`${simulator.urlOf('second')}/items/a`, { method: 'PUT', body: '{}' })
    expect(simulator.summaryOf('second').redirectsFollowed).toBe(1)
    expect(effects()).toBe(0)
  })
})

describe('no answer, and no effect', () => {
  test('hang takes the request and never answers', async () => {
    simulator.setDials('second', { mode: 'hang' })
    const client = new AbortController()
    const pending = write({ signal: client.signal })
    await arrived('second', 1)
    client.abort(new Error('given up'))
    await expect(pending).rejects.toThrow('given up')
    expect(effects()).toBe(0)
  })

  test('reset breaks the connection', async () => {
    simulator.setDials('second', { mode: 'reset' })
    await expect(write()).rejects.toMatchObject(RESET)
    expect(effects()).toBe(0)
  })
})

describe('on the way back, after the effect', () => {
  test('accept-then-reset breaks the connection', async () => {
    simulator.setDials('second', { mode: 'accept-then-reset' })
    await expect(write()).rejects.toMatchObject(RESET)
    expect(effects()).toBe(1)
  })

  test('accept-then-hang never answers', async () => {
    simulator.setDials('second', { mode: 'accept-then-hang' })
    const client = new AbortController()
    const pending = write({ signal: client.signal })
    await arrived('second', 1)
    client.abort(new Error('given up'))
    await expect(pending).rejects.toThrow('given up')
    expect(effects()).toBe(1)
  })

  test('half-body ends before the length that it promised', async () => {
    simulator.setDials('second', { mode: 'half-body' })
    const answer = await write()
    expect(answer.status).toBe(201)
    await expect(answer.text()).rejects.toThrow('terminated')
    expect(effects()).toBe(1)
  })

  test('slow-drip sends bytes but no end', async () => {
    simulator.setDials('second', { mode: 'slow-drip' })
    const client = new AbortController()
    const answer = await write({ signal: client.signal })
    expect(answer.status).toBe(201)
    const chunks: string[] = []
    for await (const chunk of answer.body ?? []) {
      chunks.push(new TextDecoder().decode(chunk))
      if (chunks.length === 3) break
    }
    client.abort()
    expect(chunks.join('').trim()).toBe('')
    expect(effects()).toBe(1)
  })

  test('the spoilt answer is replayed whole to the next request with its key', async () => {
    simulator.setDials('second', { mode: 'accept-then-reset', times: 1 })
    await expect(write()).rejects.toMatchObject(RESET)
    const again = await write()
    expect(again.status).toBe(201)
    expect(await again.json()).toEqual({ id: 'a' })
    expect(effects()).toBe(1)
  })

  test('latencyMs delays the answer', async () => {
    simulator.setDials('second', { latencyMs: 40 })
    const startedAt = performance.now()
    expect((await write()).status).toBe(201)
    // Timers may fire up to a millisecond early.
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(38)
    expect(effects()).toBe(1)
  })
})

test('times lets the mode hit so many requests and then ends it', async () => {
  simulator.setDials('second', { mode: 'down', times: 2 })
  const answers = [await write(), await write(), await write()]
  expect(answers.map(({ status }) => status)).toEqual([503, 503, 201])
  expect(simulator.dials('second').mode).toBe('up')
})

test('a share of 0 hits nobody', async () => {
  simulator.setDials('second', { mode: 'down', share: 0 })
  expect((await write()).status).toBe(201)
})

test('the dials of one system leave the others alone', async () => {
  simulator.setDials('first', { mode: 'down' })
  expect((await write()).status).toBe(201)
})
