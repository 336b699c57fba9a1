import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toEvent } from '@mensageria/contracts'
import { center } from '@mensageria/contracts/samples'
import { testCertificate } from '@mensageria/testkit/certificate'
import { Webhook } from 'standardwebhooks'
import { bindIntegration } from '../integration/bind-integration.ts'
import { defineIntegration } from '../integration/define-integration.ts'
import { listen } from '../testing/listen.ts'

const KEY = Buffer.alloc(32, 7).toString('base64')
const event = toEvent(center, undefined)
const context = {
  idempotencyKey: 'key',
  attempt: 1,
  firstAttemptAt: 1,
  mayHaveEffect: false,
  now: 1,
  signal: new AbortController().signal,
}

// What the system says goes into the outcome as it is: nothing that it repeats may stay there.
const echo = defineIntegration({
  name: 'city-hall',
  deliver: async (_event, { http, outcome }) =>
    outcome(await http.post('/things', { name: 'São Paulo' }), { rejectedBy: [422] }),
})

type Seen = { headers: IncomingMessage['headers']; body: string }

const answering =
  (seen: Seen[]): RequestListener =>
  (request, response) => {
    const entry = { headers: request.headers, body: '' }
    seen.push(entry)
    request.setEncoding('utf8').on('data', (chunk: string) => (entry.body += chunk))
    const { authorization, 'x-key': key, 'webhook-signature': signature } = request.headers
    const message = `I do not like ${authorization} ${String(key)} ${String(signature)}`
    response
      .writeHead(422, { 'content-type': 'application/json' })
      .end(JSON.stringify({ code: 'no', message }))
  }

const call = async (env: Record<string, string>) => {
  const seen: Seen[] = []
  await using server = await listen(createServer(answering(seen)))
  const bound = bindIntegration(echo, { CITY_HALL_URL: server.url, ...env }, { connectionsMax: 1 })
  const outcome = await bound.call(event, context)
  await bound.close()
  const [request] = seen
  if (!request) throw new Error('Nothing was sent')
  return { outcome, ...request }
}

test.each<[Record<string, string>, object, string]>([
  [{ CITY_HALL_TOKEN: 't0ken' }, { authorization: 'Bearer t0ken' }, 'Bearer *** undefined undefined'],
  [
    { CITY_HALL_AUTH: 'basic', CITY_HALL_USERNAME: 'josé', CITY_HALL_PASSWORD: 'sénha 1' },
    { authorization: `Basic ${Buffer.from('josé:sénha 1', 'utf8').toString('base64')}` },
    'Basic *** undefined undefined',
  ],
  [
    { CITY_HALL_AUTH: 'api-key', CITY_HALL_AUTH_HEADER: 'X-Key', CITY_HALL_TOKEN: 't0ken' },
    { 'x-key': 't0ken' },
    'undefined *** undefined',
  ],
  [{ CITY_HALL_AUTH: 'none' }, {}, 'undefined undefined undefined'],
])('%j: the system sees it, and nobody else', async (env, headers, said) => {
  const called = await call(env)
  expect(called.headers).toMatchObject(headers)
  expect(called.outcome).toMatchObject({
    kind: 'rejected',
    message: `Rejected the data: I do not like ${said}`,
  })
  if (!('authorization' in headers)) expect(called.headers).not.toHaveProperty('authorization')
})

test('hmac signs what is sent, with the event as its id, and the signature is hidden', async () => {
  const { headers, body, outcome } = await call({ CITY_HALL_AUTH: 'hmac', CITY_HALL_SECRET: KEY })
  const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature']
  const signed = Object.fromEntries(names.map((name) => [name, String(headers[name])]))
  expect(new Webhook(KEY).verify(body, signed)).toEqual({ name: 'São Paulo' })
  expect(signed['webhook-id']).toBe(event.id)
  expect(outcome).toMatchObject({ message: 'Rejected the data: I do not like undefined undefined v1,***' })
})

test.each<[Record<string, string>, RegExp]>([
  [{}, /CITY_HALL_TOKEN is not set/],
  [{ CITY_HALL_AUTH: 'basic' }, /CITY_HALL_USERNAME is not set[^]*CITY_HALL_PASSWORD is not set/],
  [
    { CITY_HALL_AUTH: 'basic', CITY_HALL_USERNAME: 'a:b', CITY_HALL_PASSWORD: 'p' },
    /CITY_HALL_USERNAME: Must have no colon/,
  ],
  [
    { CITY_HALL_AUTH: 'hmac', CITY_HALL_SECRET: 's3cret' },
    /^CITY_HALL_SECRET must be a key of 24 to 64 bytes/,
  ],
  [{ CITY_HALL_AUTH: 'mtls' }, /^CITY_HALL_CERT_FILE and CITY_HALL_KEY_FILE are not set/],
  [
    { CITY_HALL_AUTH: 'oauth2-client-credentials', CITY_HALL_SECRET: 's3cret' },
    /^CITY_HALL_AUTH_TOKEN_URL is not set, nor auth_token_url in the row of city-hall/,
  ],
  [
    { CITY_HALL_AUTH: 'bearer', CITY_HALL_TOKEN: 's3cret', CITY_HALL_URL: 'http://city-hall.example' },
    /^city-hall is called over http:\/\/ with bearer/,
  ],
])('%j does not start, and says what to do', (env, words) => {
  const bind = () =>
    bindIntegration(echo, { CITY_HALL_URL: 'http://127.0.0.1:1', ...env }, { connectionsMax: 1 })
  expect(bind).toThrow(words)
  expect(bind).not.toThrow('s3cret')
})

test('a simulator takes a bearer token, whatever its system takes', async () => {
  const seen: Seen[] = []
  await using server = await listen(createServer(answering(seen)))
  const bound = bindIntegration(
    echo,
    { CITY_HALL_URL: server.url, CITY_HALL_TOKEN: 't0ken' },
    { connectionsMax: 1, simulated: true, authentication: { auth: 'basic' } },
  )
  await bound.call(event, context)
  await bound.close()
  expect(seen[0]?.headers.authorization).toBe('Bearer t0ken')
})

describe('mtls', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mtls-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  writeFileSync(cert, testCertificate.cert)
  writeFileSync(key, testCertificate.key)

  test('shows our certificate to a system that asks for one, and checks the system by its authority', async () => {
    const seen: Seen[] = []
    const secure = {
      ...testCertificate,
      ca: testCertificate.cert,
      requestCert: true,
      rejectUnauthorized: true,
    }
    await using server = await listen(createTlsServer(secure, answering(seen)))
    const url = server.url.replace('http:', 'https:')
    const own = { CITY_HALL_CERT_FILE: cert, CITY_HALL_KEY_FILE: key, CITY_HALL_CA_FILE: cert }
    const outcomeOf = async (env: Record<string, string>) => {
      const bound = bindIntegration(echo, { CITY_HALL_URL: url, ...env }, { connectionsMax: 1 })
      const outcome = await bound.call(event, context)
      await bound.close()
      return outcome
    }
    expect(await outcomeOf({ CITY_HALL_AUTH: 'mtls', ...own })).toMatchObject({ cause: 'rejected:no' })
    // With a token besides, as some systems want it.
    expect(await outcomeOf({ CITY_HALL_TOKEN: 't0ken', ...own })).toMatchObject({ cause: 'rejected:no' })
    expect(seen.map(({ headers }) => headers.authorization)).toEqual([undefined, 'Bearer t0ken'])
    const { CITY_HALL_CA_FILE: _, ...untrusted } = own
    expect(await outcomeOf({ CITY_HALL_AUTH: 'mtls', ...untrusted })).toMatchObject({
      kind: 'misconfigured',
      cause: 'tls',
    })
    expect(await outcomeOf({ CITY_HALL_AUTH: 'none', CITY_HALL_CA_FILE: cert })).not.toMatchObject({
      kind: 'rejected',
    })
    expect(seen).toHaveLength(2)
  })
})
