import { centerIdOf } from '@mensageria/contracts'
import { sample } from '../../testing/registration-sample.ts'
import { startRegistration } from '../../testing/start-registration.ts'

const id = centerIdOf('11222333000181')

describe('POST /v1/distribution-centers: 409', () => {
  test('the same taxId with other data names the center that exists', async () => {
    await using registration = await startRegistration()
    await registration.post(sample())
    const answer = await registration.post(sample({ name: 'CD Outro' }))
    expect(answer.statusCode).toBe(409)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.json()).toMatchObject({
      type: 'urn:mensageria:problem:distribution-center-exists',
      status: 409,
      existing: { id, version: 1, href: `/v1/distribution-centers/${id}` },
    })
    expect(registration.published).toHaveLength(1)
  })

  test('the first data after an update is other data too', async () => {
    await using registration = await startRegistration()
    await registration.post(sample())
    await registration.put(id, sample({ name: 'CD Novo' }), { 'if-match': '"1"' })
    const answer = await registration.post(sample())
    expect(answer.statusCode).toBe(409)
    expect(answer.json()).toMatchObject({ existing: { id, version: 2 } })
  })

  test('a 409 is not kept for its Idempotency-Key', async () => {
    await using registration = await startRegistration()
    await registration.post(sample())
    const headers = { 'idempotency-key': 'k' }
    expect((await registration.post(sample({ name: 'CD Novo' }), headers)).statusCode).toBe(409)
    await registration.put(id, sample({ name: 'CD Novo' }), { 'if-match': '*' })
    expect((await registration.post(sample({ name: 'CD Novo' }), headers)).statusCode).toBe(200)
  })
})
