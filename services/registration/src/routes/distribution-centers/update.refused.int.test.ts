import { centerIdOf } from '@mensageria/contracts'
import { sample, TAX_IDS } from '../../testing/registration-sample.ts'
import { startRegistration } from '../../testing/start-registration.ts'

const id = centerIdOf('11222333000181')
const UNKNOWN = '3d594650-3436-5a1c-8f0e-c3a4c1d2e3f4'
const changed = sample({ name: 'CD Novo' })
const invalid = { ...sample(), name: '' }

const startWithOne = async () => {
  const registration = await startRegistration()
  await registration.post(sample())
  return registration
}

describe('PUT /v1/distribution-centers/{id} is refused', () => {
  test.each([
    ['a good body', id, changed],
    ['a bad body', id, invalid],
    ['an unknown id', UNKNOWN, changed],
    ['an id that is none', 'nonsense', changed],
  ])('428 without If-Match, also with %s', async (_what, center, body) => {
    await using registration = await startWithOne()
    const answer = await registration.put(center, body)
    expect(answer.statusCode).toBe(428)
    expect(answer.json()).toMatchObject({ type: 'urn:mensageria:problem:precondition-required', status: 428 })
  })

  test('428 before anything is said about the body, even where it is no JSON', async () => {
    await using registration = await startWithOne()
    const answer = await registration.app.inject({
      method: 'PUT',
      url: `/v1/distribution-centers/${id}`,
      payload: '{',
      headers: { 'content-type': 'application/json' },
    })
    expect(answer.statusCode).toBe(428)
  })

  test.each(['1', '"1', '"1", "2"', ''])('400 where If-Match is %j', async (tag) => {
    await using registration = await startWithOne()
    const answer = await registration.put(id, changed, { 'if-match': tag })
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ detail: expect.stringContaining('If-Match') })
  })

  test.each([id, UNKNOWN, 'nonsense'])(
    '400 for a bad body, before the id %s is looked at',
    async (center) => {
      await using registration = await startWithOne()
      const answer = await registration.put(center, invalid, { 'if-match': '"9"' })
      expect(answer.statusCode).toBe(400)
      expect(answer.json()).toMatchObject({ errors: [{ pointer: '/name' }] })
    },
  )

  test('400 for another taxId: that is another center', async () => {
    await using registration = await startWithOne()
    const answer = await registration.put(id, sample({ taxId: TAX_IDS[1] }), { 'if-match': '"1"' })
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({
      type: 'urn:mensageria:problem:invalid-request',
      errors: [{ pointer: '/taxId' }],
    })
  })

  test.each([UNKNOWN, 'nonsense', centerIdOf(TAX_IDS[1])])('404 for the unknown id %s', async (center) => {
    await using registration = await startWithOne()
    const answer = await registration.put(center, changed, { 'if-match': '"1"' })
    expect(answer.statusCode).toBe(404)
    expect(answer.json()).toMatchObject({ type: 'urn:mensageria:problem:not-found', status: 404 })
  })

  test('404 for a center that was never registered, under its own id', async () => {
    await using registration = await startRegistration()
    const answer = await registration.put(id, sample(), { 'if-match': '*' })
    expect(answer.statusCode).toBe(404)
  })

  test.each(['"2"', '"01"', '""', 'W/"1"'])('412 where If-Match is %s and the version 1', async (tag) => {
    await using registration = await startWithOne()
    const answer = await registration.put(id, changed, { 'if-match': tag })
    expect(answer.statusCode).toBe(412)
    expect(answer.headers.etag).toBe('"1"')
    expect(answer.json()).toMatchObject({ type: 'urn:mensageria:problem:version-mismatch', status: 412 })
    expect(registration.published).toHaveLength(1)
  })

  test('of two changes of one version the second is 412', async () => {
    await using registration = await startWithOne()
    const answers = await Promise.all(
      ['A', 'B'].map((name) => registration.put(id, sample({ name }), { 'if-match': '"1"' })),
    )
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 412])
  })
})
