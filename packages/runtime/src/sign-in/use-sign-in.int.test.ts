import { z } from 'zod'
import type { AppPlugin } from '../http/app.ts'
import { buildHttpApp } from '../http/http-app.ts'
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

const open = (signIn: SignIn, lines: string[] = []) =>
  buildHttpApp({
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
  const link = await app.inject({ url: '/v1/things', headers: { 'sec-fetch-site': 'cross-site' } })
  expect(link.statusCode).toBe(200)
  expect((await app.inject('/v1/me')).json()).toEqual({
    id: 'local',
    signedIn: false,
    roles: ['read', 'register', 'operate'],
  })
  await app.close()
})
