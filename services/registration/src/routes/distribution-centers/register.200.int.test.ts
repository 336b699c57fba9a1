import { sample } from '../../testing/registration-sample.ts'
import { startRegistration } from '../../testing/start-registration.ts'

describe('POST /v1/distribution-centers: 200', () => {
  test('the same registration again is answered with the same body and publishes nothing', async () => {
    await using registration = await startRegistration()
    const first = await registration.post(sample())
    registration.clock.advance(60_000)
    const again = await registration.post(sample())
    expect(again.statusCode).toBe(200)
    expect(again.json()).toEqual(first.json())
    expect(again.headers).toMatchObject({ etag: '"1"', location: first.headers.location })
    expect(again.headers).not.toHaveProperty('idempotency-replayed')
    expect(registration.published).toHaveLength(1)
  })

  test('it is the same whatever the spelling and the order of its fields', async () => {
    await using registration = await startRegistration()
    await registration.post(sample())
    const { taxId: _, ...rest } = sample()
    const again = await registration.post({
      taxId: '11.222.333/0001-81',
      ...Object.fromEntries(Object.entries(rest).toReversed()),
      address: { ...sample().address, city: 'CAJAMAR', state: 'sp', postalCode: '07786-000' },
    })
    expect(again.statusCode).toBe(200)
  })

  test('the data of the current version counts, not that of the first', async () => {
    await using registration = await startRegistration()
    const { id } = (await registration.post(sample())).json<{ id: string }>()
    await registration.put(id, sample({ name: 'CD Novo' }), { 'if-match': '"1"' })
    const again = await registration.post(sample({ name: 'CD Novo' }))
    expect(again.statusCode).toBe(200)
    expect(again.json()).toMatchObject({ version: 2, publication: 'published' })
    expect(again.headers.etag).toBe('"2"')
  })

  test('of concurrent equal registrations one creates, and all succeed', async () => {
    await using registration = await startRegistration()
    const answers = await Promise.all(Array.from({ length: 5 }, () => registration.post(sample())))
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 200, 200, 200, 200])
    expect(registration.published).toHaveLength(1)
  })
})
