import { centerIdOf } from '@mensageria/contracts'
import { CENTERS, startRegistration } from '../../testing/start-registration.ts'

const one = `${CENTERS}/${centerIdOf('11222333000181')}`

describe('wrong methods: 405', () => {
  test.each([
    ['DELETE', CENTERS, ['GET', 'POST']],
    ['PUT', CENTERS, ['GET', 'POST']],
    ['POST', one, ['GET', 'PUT']],
    ['PATCH', one, ['GET', 'PUT']],
    ['DELETE', one, ['GET', 'PUT']],
    ['POST', `${one}/deliveries`, ['GET']],
  ] as const)('%s %s names what is allowed', async (method, url, allowed) => {
    await using registration = await startRegistration()
    const answer = await registration.app.inject({ method, url })
    expect(answer.statusCode).toBe(405)
    expect(answer.json()).toMatchObject({ type: 'urn:mensageria:problem:method-not-allowed', status: 405 })
    expect(String(answer.headers.allow).split(', ')).toEqual(expect.arrayContaining([...allowed]))
  })
})
