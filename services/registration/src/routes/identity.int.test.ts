import type { SignIn } from '@mensageria/runtime'
import { startRegistration } from '../testing/start-registration.ts'

// Callers by what a header says; how a token is verified is shown beside the code that does it.
const BY_HEADER: SignIn = {
  kind: 'google',
  roles: { read: [], register: ['ana@x.com'], operate: [] },
  verify: async ({ authorization }) =>
    authorization === undefined ? { ok: false, reason: 'none' } : { ok: true, email: authorization },
}

test('c33: an account that may register is told which database answers; a stranger is not', async () => {
  await using registration = await startRegistration({ signIn: BY_HEADER })
  const ask = (headers: Record<string, string>) =>
    registration.app.inject({ method: 'GET', url: '/v1/identity', headers })
  const answer = await ask({ authorization: 'ana@x.com' })
  expect(answer.statusCode).toBe(200)
  expect(answer.json()).toEqual({ database: expect.stringMatching(/^[0-9a-f-]{36}$/) })
  expect((await ask({ authorization: 'ana@x.com' })).json()).toEqual(answer.json())
  expect((await ask({})).statusCode).toBe(401)
})
