import type { SignIn } from '@mensageria/runtime'
import { sample, TAX_IDS } from '../../testing/registration-sample.ts'
import { startRegistration } from '../../testing/start-registration.ts'

const KEY = { 'idempotency-key': 'k' }
const OTHER = sample({ taxId: TAX_IDS[1], name: 'CD Outro' })

// Callers by what a header says; how a token is verified is shown beside the code that does it.
const BY_HEADER: SignIn = {
  kind: 'google',
  roles: { read: [], register: ['ana@x.com', 'bia@x.com'], operate: [] },
  verify: async ({ authorization = '' }) => ({ ok: true, email: authorization }),
}

describe('POST /v1/distribution-centers with an Idempotency-Key', () => {
  test('the same request again is answered with the first status, body and headers', async () => {
    await using registration = await startRegistration()
    const first = await registration.post(sample(), KEY)
    registration.clock.advance(60_000)
    const again = await registration.post(sample(), KEY)
    expect(again.statusCode).toBe(201)
    expect(again.json()).toEqual(first.json())
    expect(again.headers).toMatchObject({
      'idempotency-replayed': 'true',
      location: first.headers.location,
      etag: '"1"',
    })
    expect(first.headers).not.toHaveProperty('idempotency-replayed')
    expect(registration.published).toHaveLength(1)
  })

  test('the first answer comes again also after the center has changed', async () => {
    await using registration = await startRegistration()
    const first = await registration.post(sample(), KEY)
    const { id } = first.json<{ id: string }>()
    await registration.put(id, sample({ name: 'CD Novo' }), { 'if-match': '"1"' })
    const again = await registration.post(sample(), KEY)
    expect(again.statusCode).toBe(201)
    expect(again.json()).toEqual(first.json())
    expect(again.headers.etag).toBe('"1"')
  })

  test('a quoted key and a bare one are the same', async () => {
    await using registration = await startRegistration()
    await registration.post(sample(), { 'idempotency-key': '"k"' })
    const again = await registration.post(sample(), KEY)
    expect(again.headers['idempotency-replayed']).toBe('true')
  })

  test('a 200 is kept as well', async () => {
    await using registration = await startRegistration()
    await registration.post(sample())
    const first = await registration.post(sample(), KEY)
    const again = await registration.post(sample(), KEY)
    expect([first.statusCode, again.statusCode]).toEqual([200, 200])
    expect(first.headers).not.toHaveProperty('idempotency-replayed')
    expect(again.headers['idempotency-replayed']).toBe('true')
    expect((await registration.post(OTHER, KEY)).statusCode).toBe(422)
  })

  test.each([
    ['another center', OTHER],
    ['other data of the same center', sample({ name: 'CD Outro' })],
  ])('the key with %s is 422', async (_what, body) => {
    await using registration = await startRegistration()
    await registration.post(sample(), KEY)
    const answer = await registration.post(body, KEY)
    expect(answer.statusCode).toBe(422)
    expect(answer.json()).toMatchObject({
      type: 'urn:mensageria:problem:idempotency-key-reused',
      status: 422,
    })
    expect(registration.published).toHaveLength(1)
  })

  test('a key belongs to its caller', async () => {
    await using registration = await startRegistration({ signIn: BY_HEADER })
    await registration.post(sample(), { ...KEY, authorization: 'ana@x.com' })
    const answer = await registration.post(OTHER, { ...KEY, authorization: 'bia@x.com' })
    expect(answer.statusCode).toBe(201)
  })

  test('after 24 hours a key may be used again', async () => {
    await using registration = await startRegistration()
    await registration.post(sample(), KEY)
    registration.clock.advance(24 * 3_600_000 - 1)
    expect((await registration.post(OTHER, KEY)).statusCode).toBe(422)
    registration.clock.advance(1)
    expect((await registration.post(OTHER, KEY)).statusCode).toBe(201)
    expect((await registration.post(OTHER, KEY)).headers['idempotency-replayed']).toBe('true')
    expect((await registration.post(sample(), KEY)).statusCode).toBe(422)
  })

  test('concurrent requests with one key all get the one answer', async () => {
    await using registration = await startRegistration()
    const answers = await Promise.all(Array.from({ length: 5 }, () => registration.post(sample(), KEY)))
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201, 201, 201, 201])
    expect(answers.filter(({ headers }) => headers['idempotency-replayed'] === 'true')).toHaveLength(4)
    expect(registration.published).toHaveLength(1)
  })
})
