import { centerIdOf } from '@mensageria/contracts'
import { sample, TAX_IDS } from '../../testing/registration-sample.ts'
import { OWN_TRACEPARENT, STARTED_AT, startRegistration } from '../../testing/start-registration.ts'

const id = centerIdOf('11222333000181')

describe('POST /v1/distribution-centers: 201', () => {
  test('answers with the stored center, its address and its version', async () => {
    await using registration = await startRegistration()
    const answer = await registration.post(sample())
    expect(answer.statusCode).toBe(201)
    expect(answer.json()).toEqual({
      id,
      version: 1,
      createdAt: STARTED_AT,
      updatedAt: STARTED_AT,
      publication: 'published',
      ...sample(),
    })
    expect(answer.headers).toMatchObject({
      location: `/v1/distribution-centers/${id}`,
      etag: '"1"',
      'content-type': expect.stringContaining('application/json'),
    })
    expect(answer.headers).not.toHaveProperty('idempotency-replayed')
  })

  test('publishes the whole center', async () => {
    await using registration = await startRegistration()
    await registration.post(sample())
    expect(registration.published).toEqual([
      expect.objectContaining({
        id: `${id}:1`,
        type: 'br.mensageria.distribution-center.registered.v1',
        subject: id,
        sequence: 1,
        traceparent: OWN_TRACEPARENT,
        data: { id, version: 1, createdAt: STARTED_AT, updatedAt: STARTED_AT, ...sample() },
      }),
    ])
  })

  test('needs no more than name, taxId and an address without complement', async () => {
    await using registration = await startRegistration()
    const { complement: _, ...address } = sample().address
    const answer = await registration.post({ name: 'A', taxId: TAX_IDS[1], address })
    expect(answer.statusCode).toBe(201)
    expect(Object.keys(answer.json())).toEqual(
      expect.arrayContaining([
        'id',
        'version',
        'createdAt',
        'updatedAt',
        'publication',
        'name',
        'taxId',
        'address',
      ]),
    )
    expect(answer.json()).not.toHaveProperty('contact')
  })

  test('stores what it was sent in its normal form', async () => {
    await using registration = await startRegistration()
    const sent = {
      ...sample(),
      name: '  Sa\u0303o Paulo  ',
      taxId: ' 11.222.333/0001-81 ',
      address: {
        ...sample().address,
        city: 'SAO PAULO',
        cityCode: '3550308',
        state: 'sp',
        postalCode: '07786-000',
      },
    }
    const answer = await registration.post(sent)
    expect(answer.statusCode).toBe(201)
    expect(answer.json()).toMatchObject({
      name: 'S\u00e3o Paulo',
      taxId: '11222333000181',
      address: { city: 'S\u00e3o Paulo', state: 'SP', postalCode: '07786000' },
    })
  })

  test.each(['12ABC34501DE35', '12.abc.345/01de-35'])('takes the alphanumeric CNPJ %s', async (taxId) => {
    await using registration = await startRegistration()
    const answer = await registration.post({ ...sample(), taxId })
    expect(answer.statusCode).toBe(201)
    expect(answer.json()).toMatchObject({ taxId: '12ABC34501DE35', id: centerIdOf('12ABC34501DE35') })
  })

  test('counts lengths in code points', async () => {
    await using registration = await startRegistration()
    const answer = await registration.post(sample({ name: '\u{1F4E6}'.repeat(120) }))
    expect(answer.statusCode).toBe(201)
  })

  test('one field of the contact is enough', async () => {
    await using registration = await startRegistration()
    const answer = await registration.post(sample({ contact: { phone: '+551133334444' } }))
    expect(answer.statusCode).toBe(201)
    expect(answer.json()).toMatchObject({ contact: { phone: '+551133334444' } })
  })

  test('continues the trace of the caller', async () => {
    await using registration = await startRegistration()
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
    await registration.post(sample(), { traceparent })
    expect(registration.published).toMatchObject([{ traceparent }])
  })

  test('a broken traceparent costs nothing but the trace', async () => {
    await using registration = await startRegistration()
    const answer = await registration.post(sample(), { traceparent: 'nonsense' })
    expect(answer.statusCode).toBe(201)
    expect(registration.published).toMatchObject([{ traceparent: OWN_TRACEPARENT }])
  })

  test('the publication is pending where the broker fails', async () => {
    const publish = async () => {
      throw new Error('no broker')
    }
    await using registration = await startRegistration({ publisher: { publish } })
    const answer = await registration.post(sample())
    expect(answer.statusCode).toBe(201)
    expect(answer.json()).toMatchObject({ id, version: 1, publication: 'pending' })
  })

  test('the publication is pending where the broker takes too long', async () => {
    const publish = () => new Promise<void>(() => {})
    await using registration = await startRegistration({ publisher: { publish }, publishTimeIsUp: true })
    const answer = await registration.post(sample())
    expect(answer.statusCode).toBe(201)
    expect(answer.json()).toMatchObject({ publication: 'pending' })
  })

  test('a commit whose answer was lost is recognized by its request', async () => {
    await using original = await startRegistration()
    await using registration = await startRegistration({
      store: {
        ...original.centers,
        create: async (write) => {
          await original.centers.create(write)
          return { committed: false }
        },
      },
    })
    const answer = await registration.post(sample())
    expect(answer.statusCode).toBe(201)
    expect(registration.published).toHaveLength(1)
  })
})
