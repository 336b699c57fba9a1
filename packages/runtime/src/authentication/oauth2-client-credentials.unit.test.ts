import { oauth2ClientCredentials } from './oauth2-client-credentials.ts'

const request = { eventId: 'e', body: '' }
const never = new AbortController().signal

const open = () => {
  const clock = { now: 0 }
  let fetches = 0
  const authentication = oauth2ClientCredentials({
    secret: 's3cret',
    fetch: async () => ({ ok: true, token: `t${++fetches}`, expiresInMs: 3_600_000 }),
    close: async () => undefined,
    monotonic: () => clock.now,
  })
  return { authentication, clock, prove: async () => authentication.prove(request, never) }
}

test('a 401 to a token that was kept for longer than a call passes, for all that were sent with it', async () => {
  const { authentication, clock, prove } = open()
  const [first, second] = [await prove(), await prove()]
  clock.now = 30_001
  const stale = { phase: 'before-sent', cause: 'token-refused', misconfigured: false }
  expect(authentication.refused?.(first)).toMatchObject(stale)
  expect(await prove()).toMatchObject({ headers: { authorization: 'Bearer t2' } })
  // Its answer comes when the next token is there already.
  expect(authentication.refused?.(second)).toMatchObject(stale)
  expect(await prove()).toMatchObject({ headers: { authorization: 'Bearer t2' } })
})

test('a 401 to a token that is as new as the call is our configuration', async () => {
  const { authentication, clock, prove } = open()
  const proof = await prove()
  clock.now = 30_000
  expect(authentication.refused?.(proof)).toBeUndefined()
})

test('the end of the call ends the wait for a token', async () => {
  const authentication = oauth2ClientCredentials({
    secret: 's3cret',
    fetch: () => Promise.withResolvers<never>().promise,
    close: async () => undefined,
    monotonic: () => 0,
  })
  expect(await authentication.prove(request, AbortSignal.abort())).toMatchObject({
    ok: false,
    failure: { phase: 'before-sent', cause: 'token-timeout', misconfigured: false },
  })
})
