import { centerIdOf } from '@mensageria/contracts'
import { sample } from '../../testing/registration-sample.ts'
import { STARTED_AT, startRegistration } from '../../testing/start-registration.ts'

const id = centerIdOf('11222333000181')

describe('GET /v1/distribution-centers/{id}', () => {
  test('200: the current version with its ETag', async () => {
    await using registration = await startRegistration()
    await registration.post(sample())
    const answer = await registration.get(`/${id}`)
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toEqual({
      id,
      version: 1,
      createdAt: STARTED_AT,
      updatedAt: STARTED_AT,
      ...sample(),
    })
    expect(answer.headers.etag).toBe('"1"')
  })

  test.each(['"1"', 'W/"1"', '*', '"7", "1"'])('304 where If-None-Match is %s', async (tag) => {
    await using registration = await startRegistration()
    await registration.post(sample())
    const answer = await registration.get(`/${id}`, { 'if-none-match': tag })
    expect(answer.statusCode).toBe(304)
    expect(answer.body).toBe('')
    expect(answer.headers.etag).toBe('"1"')
  })

  test('200 where the caller has an older version', async () => {
    await using registration = await startRegistration()
    await registration.post(sample())
    await registration.put(id, sample({ name: 'CD Novo' }), { 'if-match': '"1"' })
    const answer = await registration.get(`/${id}`, { 'if-none-match': '"1"' })
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toMatchObject({ version: 2, name: 'CD Novo' })
  })

  test.each([id, 'nonsense', '1', `${id}0`])('404 for the unknown id %s', async (unknown) => {
    await using registration = await startRegistration()
    const answer = await registration.get(`/${unknown}`)
    expect(answer.statusCode).toBe(404)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.json()).toMatchObject({ type: 'urn:mensageria:problem:not-found', status: 404 })
  })
})
