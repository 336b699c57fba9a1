import { createLogger } from '../logging/logger.ts'
import { startKeyServer } from '../testing/key-server.ts'
import { createOidcVerifier } from './oidc-verifier.ts'

const AUDIENCE = 'https://dmitri.example.com'
const PUSH = 'push-dmitri@p.iam.gserviceaccount.com'
const SWEEPER = 'sweeper@p.iam.gserviceaccount.com'
const HOUR_MS = 3_600_000

type Options = { keysUrl?: string; signature?: 'app' | 'platform' }

const open = async ({ keysUrl, signature = 'app' }: Options = {}) => {
  const server = await startKeyServer()
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  let passedMs = 0
  const clock = { now: () => Date.now(), monotonic: () => passedMs }
  const verify = await createOidcVerifier({
    audience: AUDIENCE,
    pushAccount: PUSH,
    sweeperAccount: SWEEPER,
    signature,
    keysUrl: keysUrl ?? server.url,
    clock,
    logger: createLogger({ level: 'debug', service: 'test', destination }),
  })
  return {
    server,
    lines,
    verify: (token: string) => verify(`Bearer ${token}`),
    verifyHeader: verify,
    pass: (ms: number) => (passedMs += ms),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

const claims = (changed: Record<string, unknown> = {}): Record<string, unknown> => {
  const now = Math.floor(Date.now() / 1000)
  return {
    iss: 'https://accounts.google.com',
    aud: AUDIENCE,
    azp: '1',
    sub: '1',
    email: PUSH,
    email_verified: true,
    iat: now,
    exp: now + 3600,
    ...changed,
  }
}
const ago = (seconds: number) => Math.floor(Date.now() / 1000) - seconds

describe('who is believed', () => {
  test.each([
    [PUSH, 'subscription'],
    [SWEEPER, 'sweeper'],
  ])('%s is the %s', async (email, caller) => {
    await using system = await open()
    expect(await system.verify(system.server.token(claims({ email })))).toEqual({ ok: true, caller })
  })

  test('a token that expired less than 30 s ago', async () => {
    await using system = await open()
    const token = system.server.token(claims({ iat: ago(3620), exp: ago(20) }))
    expect(await system.verify(token)).toMatchObject({ ok: true })
  })
})

describe('who is not', () => {
  test.each<[string, Record<string, unknown>]>([
    ['expired', { iat: ago(3640), exp: ago(40) }],
    ['expired', { iat: ago(7200), exp: ago(3600) }],
    ['audience', { aud: 'https://maas.example.com' }],
    ['claims', { aud: [AUDIENCE] }],
    ['claims', { aud: undefined }],
    ['account', { email: 'push-maas@p.iam.gserviceaccount.com' }],
    ['claims', { email: undefined }],
    ['issuer', { iss: 'https://accounts.example.com' }],
    ['issuer', { iss: 'accounts.google.com' }],
    ['claims', { email_verified: false }],
    ['claims', { email_verified: 'true' }],
    ['claims', { email_verified: undefined }],
    ['claims', { exp: undefined }],
    ['not-a-token', { iat: undefined }],
    ['not-a-token', { exp: ago(-7 * 86_400) }],
    ['not-yet-valid', { iat: ago(-3000) }],
  ])('%s: %j', async (reason, changed) => {
    await using system = await open()
    expect(await system.verify(system.server.token(claims(changed)))).toEqual({ ok: false, reason })
  })

  test('alg none', async () => {
    await using system = await open()
    expect(await system.verify(system.server.unsigned(claims()))).toEqual({
      ok: false,
      reason: 'algorithm-or-key-id',
    })
  })

  test('HS256 with the public key as its secret', async () => {
    await using system = await open()
    expect(await system.verify(system.server.hmac(claims()))).toMatchObject({ ok: false })
  })

  test('a right signature under the name of another algorithm', async () => {
    await using system = await open()
    const token = system.server.token(claims(), { alg: 'ES256' })
    expect(await system.verify(token)).toMatchObject({ ok: false })
  })

  test("another's key under a known key id", async () => {
    await using system = await open()
    const token = system.server.token(claims(), { stranger: true })
    expect(await system.verify(token)).toEqual({ ok: false, reason: 'signature' })
  })

  test.each([undefined, '', 'Bearer', 'Bearer ', 'Basic eDp5', 'Bearer a b', `Bearer ${'a'.repeat(9000)}`])(
    'the header %j',
    async (header) => {
      await using system = await open()
      expect(await system.verifyHeader(header)).toEqual({ ok: false, reason: 'no-token' })
    },
  )

  test.each(['a', 'a.b.c', 'bnVsbA.bnVsbA.AA', 'W10.W10.AA'])('the token %j', async (token) => {
    await using system = await open()
    expect(await system.verify(token)).toMatchObject({ ok: false })
  })
})

describe('behind the IAM check of Cloud Run, which removes the signature', () => {
  test('a push is believed by what it claims', async () => {
    await using system = await open({ signature: 'platform' })
    const verified = await system.verify(system.server.stripped(claims()))
    expect(verified).toEqual({ ok: true, caller: 'subscription' })
    expect(system.server.asked()).toBe(0)
  })

  test.each<[string, Record<string, unknown>]>([
    ['expired', { exp: ago(40) }],
    ['audience', { aud: 'https://maas.example.com' }],
    ['account', { email: 'push-maas@p.iam.gserviceaccount.com' }],
    ['issuer', { iss: 'https://accounts.example.com' }],
    ['claims', { email_verified: false }],
  ])('but not with a wrong one (%s)', async (reason, changed) => {
    await using system = await open({ signature: 'platform' })
    const verified = await system.verify(system.server.stripped(claims(changed)))
    expect(verified).toEqual({ ok: false, reason })
  })

  test('the sweeper must show its signature, which it sends in a second header', async () => {
    await using system = await open({ signature: 'platform' })
    const email = SWEEPER
    expect(await system.verify(system.server.stripped(claims({ email })))).toEqual({
      ok: false,
      reason: 'signature-removed',
    })
    expect(await system.verify(system.server.token(claims({ email })))).toEqual({
      ok: true,
      caller: 'sweeper',
    })
  })

  test('a signature that is there is checked', async () => {
    await using system = await open({ signature: 'platform' })
    const token = system.server.token(claims(), { stranger: true })
    expect(await system.verify(token)).toEqual({ ok: false, reason: 'signature' })
  })

  test('without that check a removed signature is believed from nobody', async () => {
    await using system = await open({ signature: 'app' })
    expect(await system.verify(system.server.stripped(claims()))).toEqual({
      ok: false,
      reason: 'signature-removed',
    })
  })
})

describe('keys', () => {
  test('are asked for once, however many ask at once', async () => {
    await using system = await open()
    const token = system.server.token(claims())
    await Promise.all(Array.from({ length: 20 }, () => system.verify(token)))
    expect(system.server.asked()).toBe(1)
  })

  test('an unknown key id asks again, but not more than once a minute', async () => {
    await using system = await open()
    await system.verify(system.server.token(claims()))
    system.pass(61_000)
    const stranger = system.server.token(claims(), { keyId: 'first' }).split('.')
    const header = Buffer.from(JSON.stringify({ alg: 'RS256', kid: 'nobody' })).toString('base64url')
    const unknown = [header, ...stranger.slice(1)].join('.')
    for (let times = 0; times < 5; times += 1) {
      expect(await system.verify(unknown)).toEqual({ ok: false, reason: 'unknown-key' })
    }
    expect(system.server.asked()).toBe(2)
  })

  test('a new key is learnt by its first token', async () => {
    await using system = await open()
    await system.verify(system.server.token(claims()))
    system.server.addKey('second')
    system.pass(61_000)
    const token = system.server.token(claims(), { keyId: 'second' })
    expect(await system.verify(token)).toMatchObject({ ok: true })
  })

  test('with the key server down, kept keys go on for a day and no longer, and the log says so', async () => {
    await using system = await open()
    const token = system.server.token(claims())
    await system.verify(token)
    system.server.fail()
    system.pass(2 * HOUR_MS)
    expect(await system.verify(token)).toMatchObject({ ok: true })
    system.pass(21 * HOUR_MS)
    expect(await system.verify(token)).toMatchObject({ ok: true })
    system.pass(2 * HOUR_MS)
    expect(await system.verify(token)).toEqual({ ok: false, reason: 'no-keys' })
    expect(system.lines.join('')).toContain('push.keys-not-renewed')
    expect(system.lines.join('')).not.toContain(token)
  })

  test('without keys and without a key server nobody is believed', async () => {
    // Port 9 of this machine: nobody listens there.
    await using system = await open({ keysUrl: 'http://127.0.0.1:9/' })
    expect(await system.verify(system.server.token(claims()))).toEqual({ ok: false, reason: 'no-keys' })
  })
})
