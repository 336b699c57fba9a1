import { googleIdToken } from './google-id-token.ts'

const request = { eventId: 'e', body: '' }
const never = new AbortController().signal

const refusing = (status?: number) =>
  googleIdToken('https://maas.example.com', async () => async () => {
    throw Object.assign(new Error('no'), status === undefined ? {} : { status })
  })

test('shows a token for its audience, and hides it', async () => {
  const authentication = googleIdToken(
    'https://maas.example.com',
    async () => async (audience) => `Bearer ${audience}`,
  )
  expect(await authentication.prove(request, never)).toEqual({
    ok: true,
    headers: { authorization: 'Bearer https://maas.example.com' },
    secrets: ['https://maas.example.com'],
  })
})

test.each([
  [403, 'token-http-403', true],
  [404, 'token-http-404', true],
  [429, 'token-http-429', false],
  [503, 'token-http-503', false],
  [undefined, 'token-google', false],
])('what Google answers with %p is never a doubt', async (status, cause, misconfigured) => {
  expect(await refusing(status).prove(request, never)).toMatchObject({
    ok: false,
    failure: { phase: 'before-sent', cause, misconfigured },
  })
})

test('the end of the call ends the wait', async () => {
  const authentication = googleIdToken('a', async () => () => Promise.withResolvers<string>().promise)
  expect(await authentication.prove(request, AbortSignal.abort())).toMatchObject({
    failure: { phase: 'before-sent', cause: 'token-timeout', misconfigured: false },
  })
})
