import { z } from 'zod'
import type { AppPlugin } from '../http/app.ts'
import { buildHttpApp, type HttpAppOptions } from '../http/http-app.ts'
import { createLogger } from '../logging/logger.ts'
import { json } from '../http/responses.ts'
import { startCallers } from '../testing/callers.ts'
import { callerIdOf } from './caller.ts'
import { NO_SIGN_IN, type SignIn } from './load-sign-in.ts'

const schema = { response: { 200: json('Who', z.object({ by: z.string() })) } }

// One route of each kind, each says who asked.
const routes: AppPlugin = (app) => {
  app.get('/v1/things', { schema }, (request) => ({ by: callerIdOf(request) }))
  app.post('/v1/centers', { schema, config: { access: 'register' } }, (request) => ({
    by: callerIdOf(request),
  }))
  app.post('/v1/things:pause', { schema }, (request) => ({ by: callerIdOf(request) }))
}

const open = (signIn: SignIn, lines: string[] = [], more: Partial<HttpAppOptions> = {}) =>
  buildHttpApp({
    ...more,
    logger: createLogger({
      level: 'debug',
      service: 'test',
      destination: { write: (line: string) => void lines.push(line) },
    }),
    bodyLimitBytes: 1024,
    signIn,
    openapi: { title: 'Test', version: '1', description: 'Test' },
    plugins: [routes],
  })

const ROLES = { read: ['rea@example.com'], register: ['tool@example.com'], operate: ['ana@example.com'] }

test.each<[string, Record<string, number>]>([
  ['rea@example.com', { 'GET /v1/things': 200, 'POST /v1/centers': 403, 'POST /v1/things:pause': 403 }],
  ['tool@example.com', { 'GET /v1/things': 200, 'POST /v1/centers': 200, 'POST /v1/things:pause': 403 }],
  ['ana@example.com', { 'GET /v1/things': 200, 'POST /v1/centers': 403, 'POST /v1/things:pause': 200 }],
  ['eve@example.com', { 'GET /v1/things': 403, 'POST /v1/centers': 403, 'POST /v1/things:pause': 403 }],
])('%s may do what the roles say, by token and through IAP', async (email, expected) => {
  await using callers = await startCallers(ROLES)
  const app = await open(callers.signIn)
  for (const headers of [callers.byToken(email), callers.byIap(email)]) {
    for (const [route, status] of Object.entries(expected)) {
      const [method = '', url = ''] = route.split(' ')
      const answer = await app.inject({ method: method === 'GET' ? 'GET' : 'POST', url, headers })
      expect([route, answer.statusCode]).toEqual([route, status])
      if (status === 200) expect(answer.json()).toEqual({ by: email })
      else {
        expect(answer.json()).toMatchObject({ type: 'urn:mensageria:problem:forbidden', instance: url })
      }
    }
  }
  await app.close()
})

test('without a token every path is 401, also one that is not there; health is for everybody', async () => {
  await using callers = await startCallers(ROLES)
  const lines: string[] = []
  const app = await open(callers.signIn, lines)
  for (const url of ['/v1/things', '/v1/me', '/v1/nothing', '/openapi.json', '/reference']) {
    const answer = await app.inject({ url })
    expect([url, answer.statusCode, answer.headers['www-authenticate']]).toEqual([url, 401, 'Bearer'])
    expect(answer.json()).toMatchObject({ type: 'urn:mensageria:problem:unauthenticated' })
  }
  expect((await app.inject('/health/live')).statusCode).toBe(200)
  expect((await app.inject('/health/ready')).statusCode).toBe(200)
  expect(lines.filter((line) => line.includes('"request.unauthenticated"'))).toHaveLength(5)

  const token = callers.server.stripped(callers.idClaims('ana@example.com'))
  const stripped = await app.inject({ url: '/v1/me', headers: { authorization: `Bearer ${token}` } })
  expect(stripped.json()).toMatchObject({ detail: expect.stringContaining('X-Serverless-Authorization') })
  expect(lines.join('')).not.toContain(token)
  await app.close()
})

test('GET /v1/me says who asks and what they may do, also to somebody without a role', async () => {
  await using callers = await startCallers(ROLES)
  const app = await open(callers.signIn)
  const me = async (headers: Record<string, string>) => (await app.inject({ url: '/v1/me', headers })).json()
  expect(await me(callers.byIap('ana@example.com'))).toEqual({
    id: 'ana@example.com',
    signedIn: true,
    roles: ['read', 'operate'],
  })
  expect(await me(callers.byToken('eve@example.com'))).toEqual({
    id: 'eve@example.com',
    signedIn: true,
    roles: [],
  })
  const { paths } = app.swagger()
  expect(Object.keys(paths?.['/v1/things']?.get?.responses ?? {})).toEqual(['200', '401', '403'])
  await app.close()
})

test('where nobody signs in everybody is local, but not a page of another site', async () => {
  const app = await open(NO_SIGN_IN)
  const post = (site?: string) =>
    app.inject({
      method: 'POST',
      url: '/v1/things:pause',
      ...(site === undefined ? {} : { headers: { 'sec-fetch-site': site } }),
    })
  expect((await post()).json()).toEqual({ by: 'local' })
  expect((await post('same-origin')).statusCode).toBe(200)
  expect((await post('cross-site')).statusCode).toBe(403)
  expect((await post('same-site')).statusCode).toBe(403)
  const link = await app.inject({ url: '/v1/things', headers: { 'sec-fetch-site': 'cross-site' } })
  expect(link.statusCode).toBe(200)
  expect((await app.inject('/v1/me')).json()).toEqual({
    id: 'local',
    signedIn: false,
    roles: ['read', 'register', 'operate'],
  })
  await app.close()
})

test('c23: where nobody signs in, a foreign Host gets nothing on any path, and a probe its health', async () => {
  const app = await open({ kind: 'none', allowedHosts: [{ name: 'console.lan', port: '' }] })
  const ask = async (url: string, host: string, method: 'GET' | 'POST' | 'OPTIONS' = 'GET') => {
    const headers = { host, 'x-forwarded-host': 'localhost', forwarded: 'host=localhost' }
    return app.inject({ url, method, headers })
  }
  for (const url of ['/v1/things', '/v1/me', '/openapi.json', '/reference', '/nothing', '/health/live']) {
    const answer = await ask(url, 'evil.example:8080')
    expect([url, answer.statusCode]).toEqual([url, 421])
    expect(answer.json()).toMatchObject({ type: 'urn:mensageria:problem:misdirected-request', instance: url })
  }
  expect((await ask('/v1/things:pause', 'evil.example', 'POST')).statusCode).toBe(421)
  expect((await ask('/v1/things', 'evil.example', 'OPTIONS')).statusCode).toBe(421)
  expect((await ask('/v1/things', 'console.lan:8080')).statusCode).toBe(200)
  expect((await ask('/health/live', '203.0.113.9')).statusCode).toBe(200)
  await app.close()
})

test('c23: where somebody signs in, the token tells, and not the name', async () => {
  await using callers = await startCallers(ROLES)
  const app = await open(callers.signIn)
  const headers = { host: 'service-1.run.app', ...callers.byToken('rea@example.com') }
  expect((await app.inject({ url: '/v1/things', headers })).statusCode).toBe(200)
  await app.close()
})

describe('c09: behind one proxy, where all have one address,', () => {
  const rateLimit = { perSecond: 3 }
  // All within one second, however long the machine takes.
  beforeEach(() => void (performance.now = () => 1_000))
  afterEach(() => void Reflect.deleteProperty(performance, 'now'))

  test('each account has its own limit, also without the role', async () => {
    await using callers = await startCallers(ROLES)
    const app = await open(callers.signIn, [], { rateLimit })
    const ask = async (email: string) =>
      (await app.inject({ url: '/v1/things', headers: callers.byToken(email) })).statusCode
    const statuses = async (email: string, times: number) => {
      const all: number[] = []
      for (let n = 0; n < times; n += 1) all.push(await ask(email))
      return all
    }
    expect(await statuses('rea@example.com', 5)).toEqual([200, 200, 200, 429, 429])
    expect(await statuses('REA@example.com', 1)).toEqual([429])
    expect(await statuses('ana@example.com', 2)).toEqual([200, 200])
    expect(await statuses('eve@example.com', 5)).toEqual([403, 403, 403, 429, 429])
    await app.close()
  })

  test('x11: who asked too often waits a second, also where the clock is set back', async () => {
    await using callers = await startCallers(ROLES)
    const app = await open(callers.signIn, [], { rateLimit: { perSecond: 1 } })
    const { now: rightNow } = Date
    const ask = () => app.inject({ url: '/v1/things', headers: callers.byToken('rea@example.com') })
    try {
      expect([(await ask()).statusCode, (await ask()).statusCode]).toEqual([200, 429])
      // The tokens of this test are right on either day.
      const set = rightNow() - 600_000
      Date.now = () => set
      performance.now = () => 2_000
      const [first, second] = [await ask(), await ask()]
      expect([first.statusCode, second.statusCode, second.headers['retry-after']]).toEqual([200, 429, '1'])
    } finally {
      Date.now = rightNow
      await app.close()
    }
  })

  test('a flood of strangers is limited by its address, quietly, and costs no account anything', async () => {
    await using callers = await startCallers(ROLES)
    const lines: string[] = []
    const app = await open(callers.signIn, lines, { rateLimit })
    const statuses: number[] = []
    for (let n = 0; n < 20; n += 1) {
      const url = n % 2 === 0 ? '/v1/things' : '/nothing'
      statuses.push((await app.inject({ url, headers: { authorization: 'Bearer x.y.z' } })).statusCode)
    }
    expect(statuses).toEqual([401, 401, 401, ...Array.from({ length: 17 }, () => 429)])
    expect(lines.filter((line) => line.includes('request.unauthenticated'))).toHaveLength(3)
    const mine = await app.inject({ url: '/v1/things', headers: callers.byToken('rea@example.com') })
    expect(mine.statusCode).toBe(200)
    await app.close()
  })

  test('where nobody signs in, a trusted proxy tells the addresses, and nobody else does', async () => {
    const statusesOf = async (options: Partial<HttpAppOptions>, all: readonly string[]) => {
      const app = await open(NO_SIGN_IN, [], { rateLimit: { perSecond: 1 }, ...options })
      const statuses: number[] = []
      for (const from of all) {
        const headers = { 'x-forwarded-for': from }
        statuses.push((await app.inject({ url: '/v1/things', headers })).statusCode)
      }
      await app.close()
      return statuses
    }
    const trusted = { trustedProxies: ['127.0.0.1'] }
    expect(await statusesOf({}, ['203.0.113.1', '203.0.113.2'])).toEqual([200, 429])
    expect(await statusesOf(trusted, ['203.0.113.1', '203.0.113.2', '203.0.113.1'])).toEqual([200, 200, 429])
    // What the caller wrote stands before what the proxy adds.
    expect(await statusesOf(trusted, ['1.1.1.1, 203.0.113.1', '2.2.2.2, 203.0.113.1'])).toEqual([200, 429])
    expect(await statusesOf(trusted, ['203.0.113.1:40000', '203.0.113.1:40001'])).toEqual([200, 429])
    expect(await statusesOf(trusted, ['2001:db8::1', '2001:db8::2', '2001:db8:0:1::1'])).toEqual([
      200, 429, 200,
    ])
    expect(await statusesOf(trusted, ['unknown', '_hidden'])).toEqual([200, 429])
  })
})
