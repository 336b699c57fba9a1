import { createServer, type ServerResponse } from 'node:http'
import { startForwardProxy } from '@mensageria/testkit/forward-proxy'
import { createLogger } from '../logging/logger.ts'
import { openClient } from '../integration/open-client.ts'
import { listen } from '../testing/listen.ts'

type Answer = (response: ServerResponse) => void
const never = new AbortController().signal

const say =
  (status: number, body: unknown, headers = {}): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
const token = (value: string, more = {}) =>
  say(200, { access_token: value, token_type: 'Bearer', expires_in: 600, ...more })

// A token endpoint and a system in one server; each answers what it is told, the last of it again and again.
const start = async (tokens: Answer[], things: Answer[] = [say(200, {})], env = {}) => {
  const seen: { path: string | undefined; authorization: string | undefined; body: string }[] = []
  const next = (answers: Answer[]) => (answers.length > 1 ? answers.shift() : answers[0])
  const server = await listen(
    createServer((request, response) => {
      const { url: path, headers } = request
      const entry = { path, authorization: headers.authorization, body: '' }
      seen.push(entry)
      request.setEncoding('utf8').on('data', (chunk: string) => (entry.body += chunk))
      request.on('end', () => next(path === '/token' ? tokens : things)?.(response))
    }),
  )
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  const client = openClient('maas', {
    url: server.url,
    connectionsMax: 8,
    logger: createLogger({ level: 'trace', service: 'test', destination }),
    authentication: {
      auth: 'oauth2-client-credentials',
      auth_token_url: `${server.url}/token`,
      auth_client_id: 'mensageria',
      auth_scope: 'providers.write',
      auth_audience: 'https://api.example.com',
    },
    env: { MAAS_SECRET: 'client-s3cret', ...env },
  })
  const hidden = [...client.secrets]
  const hide = (secret: string) => void hidden.push(secret)
  return {
    url: server.url,
    seen,
    lines,
    hidden,
    paths: () => seen.map(({ path }) => path),
    put: (signal: AbortSignal = never) =>
      client.request('PUT', '/things', { body: {}, headers: {}, eventId: 'e', signal, hide }),
    [Symbol.asyncDispose]: async () => {
      await client.close()
      await server[Symbol.asyncDispose]()
    },
  }
}

const failure = (cause: string, misconfigured: boolean) =>
  expect.objectContaining({ type: 'failure', phase: 'before-sent', cause, misconfigured })

test('a token is asked for as RFC 6749 has it, kept, and shown with each request', async () => {
  await using system = await start([token('first')])
  expect(await system.put()).toMatchObject({ status: 200 })
  await system.put()
  expect(system.seen.map(({ path, authorization }) => [path, authorization])).toEqual([
    ['/token', `Basic ${Buffer.from('mensageria:client-s3cret').toString('base64')}`],
    ['/things', 'Bearer first'],
    ['/things', 'Bearer first'],
  ])
  expect(Object.fromEntries(new URLSearchParams(system.seen[0]?.body))).toEqual({
    grant_type: 'client_credentials',
    scope: 'providers.write',
    audience: 'https://api.example.com',
  })
  expect(system.hidden).toEqual(expect.arrayContaining(['client-s3cret', 'first']))
  expect(system.lines.join('')).not.toMatch(/first|s3cret/)
})

test('the client shows its secret in the form where that is asked for', async () => {
  await using system = await start([token('first')], [say(200, {})], { MAAS_AUTH_CLIENT: 'post' })
  await system.put()
  expect(system.seen[0]).toMatchObject({ authorization: undefined })
  expect(system.seen[0]?.body).toMatch(/client_id=mensageria&client_secret=client-s3cret/)
})

test('of 20 calls at once, one asks for the token', async () => {
  await using system = await start([token('first')])
  await Promise.all(Array.from({ length: 20 }, () => system.put()))
  expect(system.paths().filter((path) => path === '/token')).toHaveLength(1)
})

test('a 401 drops the token: it is misconfigured, for the token was new, and the next call shows another', async () => {
  await using system = await start([token('old'), token('new')], [say(401, {}), say(200, {})])
  expect(await system.put()).toMatchObject({ type: 'response', status: 401 })
  expect(await system.put()).toMatchObject({ type: 'response', status: 200 })
  expect(system.seen.map(({ authorization }) => authorization?.split(' ')[1])).toEqual([
    expect.any(String),
    'old',
    expect.any(String),
    'new',
  ])
})

const SHOWN = Buffer.from('mensageria:client-s3cret').toString('base64')

test.each<[string, Answer, string, boolean]>([
  [
    'a 400 with a code of OAuth',
    say(400, { error: 'invalid_scope', error_description: 'client-s3cret' }),
    'http-400',
    true,
  ],
  ['a 400 that repeats what we showed', say(400, { error: SHOWN }), 'http-400', true],
  [
    'a 401',
    say(401, { error: 'invalid_client' }, { 'www-authenticate': 'Basic realm="x"' }),
    'http-401',
    true,
  ],
  ['a 403 of a gateway', say(403, '<html>'), 'http-403', true],
  ['a 404', say(404, {}), 'http-404', true],
  ['a redirect', say(302, {}, { location: '/elsewhere' }), 'http-302', true],
  ['a 429', say(429, {}), 'http-429', false],
  ['a 500', say(500, {}), 'http-500', false],
  ['a 503 that is no JSON', say(503, '<html>'), 'http-503', false],
  ['a 200 without a token', say(200, {}), 'unexpected-body', true],
  ['a 200 with a token that is none of bearer', token('t', { token_type: 'mac' }), 'unexpected-body', true],
  ['a 200 with a token bound to a key', token('t', { token_type: 'DPoP' }), 'unexpected-body', true],
  ['a 200 with a token that no header takes', token('a\nb'), 'unexpected-body', true],
  ['a 200 that is huge', token('x'.repeat(70_000)), 'unexpected-body', true],
  ['a 204', (response) => response.writeHead(204).end(), 'unexpected-body', true],
  ['a hang-up', (response) => response.socket?.destroy(), 'connection-reset', false],
])('%s of the token endpoint is no doubt: nothing was sent', async (_what, answer, cause, misconfigured) => {
  await using system = await start([answer])
  const result = await system.put()
  expect(result).toEqual(failure(`token-${cause}`, misconfigured))
  expect(JSON.stringify(result)).not.toContain('s3cret')
  expect(JSON.stringify(result)).not.toContain(SHOWN)
  expect(system.paths()).toEqual(['/token'])
})

test('a token endpoint that is away passes, and what it says is told to all that wait', async () => {
  await using system = await start([token('first')])
  const { url } = await start([token('x')]).then(async (other) => {
    await other[Symbol.asyncDispose]()
    return other
  })
  await using away = await start([token('x')], [], { MAAS_AUTH_TOKEN_URL: `${url}/token` })
  expect(await away.put()).toEqual(failure('token-connection-refused', false))
  expect(await system.put()).toMatchObject({ status: 200 })
})

test('a token endpoint that hangs is left with the end of the call', async () => {
  const controller = new AbortController()
  await using system = await start([() => controller.abort()])
  expect(await system.put(controller.signal)).toEqual(failure('token-timeout', false))
})

test('the token endpoint is asked through the proxy, as systems are', async () => {
  const proxy = await startForwardProxy({})
  await using system = await start([token('x')], [], {
    MAAS_AUTH_TOKEN_URL: 'https://login.example/token',
    HTTPS_PROXY: proxy.url,
  })
  expect(await system.put()).toMatchObject({ type: 'failure', phase: 'before-sent' })
  expect(proxy.asked).toEqual(['login.example:443'])
  await proxy.close()
})
