import { startCallers } from '../testing/callers.ts'
import type { SignIn } from './load-sign-in.ts'

type Headers = Record<string, string>
const ANA = 'ana@example.com'

const verify = async (signIn: SignIn, headers: Headers) => {
  if (signIn.kind !== 'google') throw new Error('Nobody signs in')
  return signIn.verify(headers)
}
const ago = (seconds: number): number => Math.floor(Date.now() / 1000) - seconds

test('an ID token and an assertion of IAP are believed by their signature', async () => {
  await using callers = await startCallers({ read: [ANA] })
  expect(await verify(callers.signIn, callers.byToken(ANA))).toEqual({ ok: true, email: ANA })
  expect(await verify(callers.signIn, callers.byIap(ANA))).toMatchObject({ ok: true, email: ANA })
})

test.each<[string, object, string | undefined]>([
  ['bia@example.com', { hd: 'example.com' }, 'example.com'],
  ['Bia@Example.com', { hd: 'EXAMPLE.COM' }, 'example.com'],
  ['bia@example.com', {}, undefined],
  ['bia@example.com', { hd: 'elsewhere.com' }, undefined],
  ['tool@p.iam.gserviceaccount.com', {}, 'p.iam.gserviceaccount.com'],
  ['tool@evilgserviceaccount.com', {}, undefined],
  ['tool@gserviceaccount.com.evil.com', {}, undefined],
])('defect 25: an ID token of %s with %j vouches for the domain %s', async (email, changed, domain) => {
  await using callers = await startCallers({ read: [ANA] })
  const verified = await verify(callers.signIn, callers.byToken(email, changed))
  expect(verified).toEqual({ ok: true, email, ...(domain === undefined ? {} : { domain }) })
})

test.each<[string, object]>([
  ['audience', { aud: 'https://console.example.com' }],
  ['issuer', { iss: 'https://cloud.google.com/iap' }],
  ['expired', { exp: ago(40) }],
  ['claims', { email_verified: false }],
  ['claims', { email: undefined }],
])('an ID token with a wrong %s is not: %j', async (reason, changed) => {
  await using callers = await startCallers({ read: [ANA] })
  expect(await verify(callers.signIn, callers.byToken(ANA, changed))).toEqual({ ok: false, reason })
})

test.each<[string, object]>([
  ['audience', { aud: 'https://registration.example.com' }],
  ['claims', { iss: 'https://accounts.google.com' }],
  ['expired', { exp: ago(40) }],
  ['claims', { email: '' }],
  ['claims', { email: undefined }],
])('an assertion of IAP with a wrong %s is not: %j', async (reason, changed) => {
  await using callers = await startCallers({ read: [ANA] })
  expect(await verify(callers.signIn, callers.byIap(ANA, changed))).toEqual({ ok: false, reason })
})

test("another's key, another algorithm, no signature and a removed one are not believed", async () => {
  await using callers = await startCallers({ read: [ANA] })
  const { server, signIn, idClaims, iapClaims } = callers
  const reasonOf = async (headers: Headers) => {
    const verified = await verify(signIn, headers)
    return verified.ok ? 'believed' : verified.reason
  }
  const bearer = (token: string) => reasonOf({ authorization: `Bearer ${token}` })
  const assertion = (token: string) => reasonOf({ 'x-goog-iap-jwt-assertion': token })
  expect(await bearer(server.token(idClaims(ANA), { stranger: true }))).toBe('signature')
  expect(await assertion(server.assertion(iapClaims(ANA), { stranger: true }))).toBe('signature')
  expect(await bearer(server.unsigned(idClaims(ANA)))).toBe('algorithm-or-key-id')
  expect(await bearer(server.hmac(idClaims(ANA)))).toBe('algorithm-or-key-id')
  expect(await assertion(server.token(iapClaims(ANA), { keyId: 'iap' }))).toBe('algorithm-or-key-id')
  // Anybody who may call the service could have written it: Cloud Run looks at X-Serverless-Authorization where it is there.
  expect(await bearer(server.stripped(idClaims(ANA)))).toBe('signature-removed')
  expect(await assertion(server.stripped(iapClaims(ANA)))).toBe('algorithm-or-key-id')
  expect(await bearer('x'.repeat(9000))).toBe('no-token')
  expect(await assertion('x'.repeat(9000))).toBe('no-token')
  expect(await reasonOf({})).toBe('no-token')
})

test('a wrong assertion is not made good by an ID token beside it', async () => {
  await using callers = await startCallers({ read: [ANA] })
  const headers = { ...callers.byToken(ANA), ...callers.byIap('eve@example.com', { aud: 'x' }) }
  expect(await verify(callers.signIn, headers)).toEqual({ ok: false, reason: 'audience' })
})
