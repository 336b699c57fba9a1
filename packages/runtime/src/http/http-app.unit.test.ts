import { waitFor } from '@mensageria/testkit/wait-for'
import { z } from 'zod'
import type { AppPlugin } from './app.ts'
import { buildHttpApp, type HttpAppOptions } from './http-app.ts'
import { createLogger } from '../logging/logger.ts'
import { ProblemError } from './errors/problem-error.ts'

const Thing = z.strictObject({ name: z.string(), parts: z.array(z.unknown()).optional() })
const Made = z.object({ id: z.uuid() })
const json = { 'content-type': 'application/json' }

const things: AppPlugin = (app) => {
  const query = z.object({ pageSize: z.coerce.number().int().max(200).default(50) })
  app.post('/v1/things', { schema: { body: Thing, response: { 201: Made } } }, async (_request, reply) => {
    return reply.code(201).send({ id: '5b9c1a5e-6f0f-5d6e-8f4b-2f6d1f7c0a11' })
  })
  app.get('/v1/things', { schema: { querystring: query } }, ({ query: { pageSize } }) => ({ pageSize }))
  app.get('/v1/things/:id', () => {
    const existing = { id: '1', version: 2, href: '/v1/things/1' }
    throw new ProblemError('distribution-center-exists', { existing }, { 'retry-after': '7' })
  })
  app.post('/v1/things/:name([^:]+)::pause', () => 'paused')
  app.get('/fails', () => {
    throw Object.assign(new Error('database password is hunter2'), { statusCode: 404 })
  })
  app.get('/throws-a-string', () => {
    throw 'hunter2' // oxlint-disable-line no-throw-literal
  })
  app.get('/breaks-its-schema', { schema: { response: { 200: Made } } }, () => ({ id: 'hunter2' }))
}

const build = async (options: Partial<HttpAppOptions> = {}) => {
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  const logger = createLogger({ level: 'debug', service: 'test', destination })
  const app = await buildHttpApp({ logger, bodyLimitBytes: 1024, plugins: [things], ...options })
  return { app, lines, [Symbol.asyncDispose]: () => app.close() }
}

describe('a request that fits', () => {
  test('is answered by its route, parsed and with defaults', async () => {
    await using built = await build()
    expect((await built.app.inject('/v1/things')).json()).toEqual({ pageSize: 50 })
    const made = await built.app.inject({
      method: 'POST',
      url: '/v1/things',
      headers: json,
      payload: '{"name":"a"}',
    })
    expect(made.statusCode).toBe(201)
    expect(built.lines).toEqual([])
  })

  test('has the security headers of helmet', async () => {
    await using built = await build()
    const { headers } = await built.app.inject('/v1/things')
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'x-content-type-options': 'nosniff',
    })
    expect(headers).not.toHaveProperty('x-powered-by')
  })
})

describe('an invalid request', () => {
  const post = (payload: string | Buffer, headers: Record<string, string> = json) => ({
    method: 'POST' as const,
    url: '/v1/things',
    headers,
    payload,
  })

  test('gets a problem document that names each field', async () => {
    await using built = await build()
    const answer = await built.app.inject({ ...post('{"name":1,"x":2}'), url: '/v1/things?q=secret' })
    expect(answer.statusCode).toBe(400)
    expect(answer.headers['content-type']).toBe('application/problem+json')
    expect(answer.json()).toEqual({
      type: 'urn:mensageria:problem:invalid-request',
      title: 'The request is not valid',
      status: 400,
      instance: '/v1/things',
      detail: '/name: Invalid input: expected string, received number (and 1 more)',
      errors: [
        { pointer: '/name', detail: 'Invalid input: expected string, received number' },
        { pointer: '/x', detail: 'This field is not known' },
      ],
    })
  })

  test('a parameter is named with its part', async () => {
    await using built = await build()
    const answer = await built.app.inject('/v1/things?pageSize=201')
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ pointer: '/query/pageSize' }] })
  })

  test.each<[string, string | Buffer]>([
    ['malformed JSON', '{"name":'],
    ['an empty body', ''],
    ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])],
    ['a body nested deeper than 8', `{"name":"a","parts":${'['.repeat(8)}${']'.repeat(8)}}`],
    ['__proto__', '{"name":"a","__proto__":{"x":1}}'],
    ['constructor.prototype', '{"name":"a","constructor":{"prototype":{"x":1}}}'],
  ])('%s is 400', async (_what, payload) => {
    await using built = await build()
    const answer = await built.app.inject(post(payload))
    expect(answer.json()).toMatchObject({ status: 400, type: 'urn:mensageria:problem:invalid-request' })
    expect(answer.statusCode).toBe(400)
  })

  test('a body nested 8 deep is taken', async () => {
    await using built = await build()
    const answer = await built.app.inject(post(`{"name":"a","parts":${'['.repeat(7)}${']'.repeat(7)}}`))
    expect(answer.statusCode).toBe(201)
  })

  test('no body and no media type is 400, at the whole body', async () => {
    await using built = await build()
    const answer = await built.app.inject({ method: 'POST', url: '/v1/things' })
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ pointer: '' }] })
  })

  test('a body over the limit is 413', async () => {
    await using built = await build()
    expect((await built.app.inject(post(JSON.stringify('x'.repeat(1024))))).json()).toMatchObject({
      status: 413,
    })
  })

  test.each<Record<string, string>>([
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/xml' },
    { 'content-type': 'application/json', 'content-encoding': 'gzip' },
  ])('%j is 415', async (headers) => {
    await using built = await build()
    expect((await built.app.inject(post('{"name":"a"}', headers))).json()).toMatchObject({ status: 415 })
  })

  test('media type and encoding may be spelled as HTTP allows', async () => {
    await using built = await build()
    const headers = { 'content-type': 'Application/JSON; charset=UTF-8', 'content-encoding': 'Identity' }
    expect((await built.app.inject(post('{"name":"a"}', headers))).statusCode).toBe(201)
  })
})

describe('a request that nothing answers', () => {
  test('an unknown path is 404, whatever its body is', async () => {
    await using built = await build()
    const answer = await built.app.inject({ method: 'POST', url: '/nothing', headers: json, payload: '{' })
    expect(answer.json()).toMatchObject({ status: 404, instance: '/nothing' })
  })

  test.each([
    ['DELETE', '/v1/things', 'GET, HEAD, POST'],
    ['POST', '/v1/things/1', 'GET, HEAD'],
    ['GET', '/v1/things/1:pause', 'POST'],
    ['OPTIONS', '/health/live', 'GET, HEAD'],
  ] as const)(
    '%s %s is 405 and says what is allowed, before the body is looked at',
    async (method, url, allow) => {
      await using built = await build()
      const answer = await built.app.inject({
        method,
        url,
        headers: { 'content-type': 'text/plain' },
        payload: 'x',
      })
      expect(answer.json()).toMatchObject({ status: 405 })
      expect(answer.headers['allow']).toBe(allow)
    },
  )

  test.each([
    ['/v1/things/%zz', 400],
    [`/v1/things/${'x'.repeat(300)}`, 414],
  ])('the address %j is %d', async (url, status) => {
    await using built = await build()
    const answer = await built.app.inject(url)
    expect(answer.statusCode).toBe(status)
    expect(answer.headers['content-type']).toBe('application/problem+json')
    expect(answer.json()).toMatchObject({ status })
  })
})

describe('an error', () => {
  test('a ProblemError is answered as it says, with its headers', async () => {
    await using built = await build()
    const answer = await built.app.inject('/v1/things/1')
    expect(answer.headers['retry-after']).toBe('7')
    expect(answer.json()).toMatchObject({ status: 409, existing: { version: 2 }, instance: '/v1/things/1' })
  })

  test.each(['/fails', '/throws-a-string', '/breaks-its-schema'])(
    '%s is 500 without a word, and logged with its stack',
    async (url) => {
      await using built = await build()
      const answer = await built.app.inject(url)
      expect(answer.json()).toEqual({
        type: 'urn:mensageria:problem:internal-error',
        title: 'Something went wrong on our side',
        status: 500,
        instance: url,
      })
      expect(built.lines).toHaveLength(1)
      expect(JSON.parse(built.lines[0] ?? '')).toMatchObject({
        severity: 'ERROR',
        message: 'request.failed',
        route: url,
        status: 500,
        requestId: expect.any(String),
        stack_trace: expect.stringContaining(' at '),
      })
    },
  )

  test('a line has the trace of its request', async () => {
    await using built = await build()
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
    await built.app.inject({ url: '/fails', headers: { traceparent } })
    expect(JSON.parse(built.lines[0] ?? '')).toMatchObject({
      'logging.googleapis.com/trace': '0af7651916cd43dd8448eb211c80319c',
    })
  })

  test('no line of a refused or failed request holds its data', async () => {
    await using built = await build()
    const data = { name: 1, taxId: '11222333000181', email: 'ana@example.com' }
    const headers = { ...json, authorization: 'Bearer t0ken' }
    await built.app.inject({ method: 'POST', url: '/v1/things', headers, payload: JSON.stringify(data) })
    await built.app.inject({ url: '/fails?q=11222333000181', headers })
    await built.app.inject({ url: '/breaks-its-schema', headers })
    await built.app.inject({ url: '/nothing/ana@example.com', headers })
    expect(built.lines).toHaveLength(4)
    expect(built.lines.join('')).not.toMatch(/11222333000181|ana@example\.com|t0ken/)
  })
})

describe('health', () => {
  test('live while it runs, ready by what the process says', async () => {
    let ready: () => boolean | Promise<boolean> = () => true
    await using built = await build({ ready: () => ready() })
    expect((await built.app.inject('/health/live')).statusCode).toBe(200)
    expect((await built.app.inject('/health/ready')).statusCode).toBe(200)
    ready = async () => false
    expect((await built.app.inject('/health/ready')).json()).toMatchObject({ status: 503 })
    ready = () => Promise.reject(new Error('store is away'))
    expect((await built.app.inject('/health/ready')).statusCode).toBe(503)
    expect((await built.app.inject('/health/live')).statusCode).toBe(200)
    expect(built.lines).toEqual([])
  })
})

describe('rate limit', () => {
  test('what is too much is 429 with Retry-After, for unknown paths too; health has none', async () => {
    await using built = await build({ rateLimit: { perSecond: 1 } })
    const first = await built.app.inject('/v1/things')
    expect(first.statusCode).toBe(200)
    expect(first.headers).not.toHaveProperty('x-ratelimit-limit')
    for (const url of ['/v1/things', '/nothing']) {
      // On a busy machine a second may pass between two: then it is the one after that.
      const answer = await waitFor('a request too many', () => built.app.inject(url), {
        until: ({ statusCode }) => statusCode === 429,
      })
      expect(answer.json()).toMatchObject({ status: 429, type: 'urn:mensageria:problem:too-many-requests' })
      expect(answer.headers['retry-after']).toBe('1')
    }
    expect((await built.app.inject('/health/live')).statusCode).toBe(200)
  })
})

describe('the API document', () => {
  const openapi = { title: 'Things', version: '1.0.0', description: 'About things' }

  test('has every route and none of the helpers', async () => {
    await using built = await build({ openapi })
    const document: { openapi: string; paths: Record<string, object> } = (
      await built.app.inject('/openapi.json')
    ).json()
    expect(document.openapi).toBe('3.1.0')
    expect(Object.keys(document.paths['/v1/things'] ?? {})).toEqual(['post', 'get'])
    expect(Object.keys(document.paths)).not.toContain('/health/live')
  })

  test('is there only where it is asked for', async () => {
    await using built = await build()
    expect((await built.app.inject('/openapi.json')).statusCode).toBe(404)
    expect((await built.app.inject('/reference')).statusCode).toBe(404)
  })

  test('the reference page loads from nowhere else, and its policy allows what it has', async () => {
    await using built = await build({ openapi })
    const page = await built.app.inject('/reference')
    expect(page.body).not.toMatch(/https?:\/\//)
    expect(page.headers['content-security-policy']).toMatch(/script-src 'self' 'sha256-[^']+'; /)
    const [, script = ''] = /src="([^"]+)"/.exec(page.body) ?? []
    const answer = await built.app.inject(script)
    expect(answer.headers['content-type']).toContain('text/javascript')
    expect(answer.body.length).toBeGreaterThan(1_000_000)
  })
})
