import { sample } from '../../testing/registration-sample.ts'
import { startRegistration } from '../../testing/start-registration.ts'
import type { RegistrationOptions } from '../../testing/start-registration.ts'

const fail = async () => {
  throw new Error('disk 7 is full')
}
type Registration = Awaited<ReturnType<typeof startRegistration>>

const CASES: [
  what: string,
  store: RegistrationOptions['store'],
  ask: (r: Registration, id: string) => ReturnType<Registration['get']>,
][] = [
  ['a registration', { create: fail }, (r) => r.post(sample())],
  ['a read', { read: fail }, (r, id) => r.get(`/${id}`)],
  ['a list', { list: fail }, (r) => r.get('')],
  ['a change', { read: fail }, (r, id) => r.put(id, sample(), { 'if-match': '*' })],
  ['a look at the deliveries', { read: fail }, (r, id) => r.get(`/${id}/deliveries`)],
]

describe('a store that fails: 503', () => {
  test.each(CASES)(
    '%s is answered 503, logged once with its stack, and nothing leaks',
    async (_what, store, ask) => {
      await using registration = await startRegistration({ ...(store ? { store } : {}) })
      const answer = await ask(registration, '26a2a1f2-9d5e-5d43-8f37-0f5d6a1c1111')
      expect(answer.statusCode).toBe(503)
      expect(answer.json()).toMatchObject({ type: 'urn:mensageria:problem:unavailable', status: 503 })
      expect(answer.body).not.toContain('disk')
      const lines = registration.logged.filter((line) => line.includes('disk 7 is full'))
      expect(lines).toHaveLength(1)
      expect(lines[0]).toContain('store-failure.503.int.test')
      expect(registration.logged).toHaveLength(1)
    },
  )
})
