import { z } from 'zod'
import { dmitriCity, maasProvider, senninhaProvider } from './testing/fixtures.ts'
import { startTestSimulator } from './testing/test-client.ts'

const { simulator, call } = await startTestSimulator()
beforeEach(() => simulator.reset())
afterAll(() => simulator.close())

const REFUSAL = { code: expect.any(String), message: expect.any(String) }

describe('Senninha over HTTP', () => {
  test('creates, finds and updates a provider', async () => {
    const created = await call('senninha', '/providers', {
      method: 'POST',
      body: senninhaProvider('a'),
      key: 'a:1:senninha',
    })
    expect(created.status).toBe(201)
    const { id } = z.object({ id: z.string() }).parse(await created.json())

    const found = await call('senninha', '/providers?externalId=a', { method: 'GET' })
    expect(found.status).toBe(200)
    expect(await found.json()).toEqual({ items: [{ id, ...senninhaProvider('a') }] })

    const updated = await call('senninha', `/providers/${id}`, {
      body: senninhaProvider('a'),
      key: 'a:2:senninha',
    })
    expect(updated.status).toBe(200)
    expect(await updated.json()).toEqual({ id })
  })

  test('an externalId that nobody has gives no items', async () => {
    const found = await call('senninha', '/providers?externalId=none', { method: 'GET' })
    expect(await found.json()).toEqual({ items: [] })
  })

  test('a look-up without externalId is 422', async () => {
    expect((await call('senninha', '/providers', { method: 'GET' })).status).toBe(422)
  })

  test('the same provider again is 409, an unknown id 404', async () => {
    await call('senninha', '/providers', { method: 'POST', body: senninhaProvider('a') })
    const again = await call('senninha', '/providers', { method: 'POST', body: senninhaProvider('a') })
    expect(again.status).toBe(409)
    expect(await again.json()).toEqual(REFUSAL)
    const gone = await call('senninha', '/providers/gone', { body: senninhaProvider('b') })
    expect(gone.status).toBe(404)
    expect(await gone.json()).toEqual(REFUSAL)
  })

  test('the dial lookupLagMs hides a young provider from the look-up', async () => {
    await call('senninha', '/providers', { method: 'POST', body: senninhaProvider('a') })
    simulator.setDials('senninha', { lookupLagMs: 60_000 })
    const found = await call('senninha', '/providers?externalId=a', { method: 'GET' })
    expect(await found.json()).toEqual({ items: [] })
  })
})

describe('MaaS over HTTP', () => {
  test('creates with 201, replaces with 200, and keeps its providerId', async () => {
    const created = await call('maas', '/v2/providers/a', { body: maasProvider() })
    expect(created.status).toBe(201)
    const first = z
      .strictObject({ reference: z.literal('a'), providerId: z.uuid() })
      .parse(await created.json())

    const replaced = await call('maas', '/v2/providers/a', { body: maasProvider('33000167000101') })
    expect(replaced.status).toBe(200)
    expect(await replaced.json()).toEqual(first)
    expect(simulator.records('maas')).toEqual([{ ...first, ...maasProvider('33000167000101') }])
  })
})

describe('Dmitri over HTTP', () => {
  test('creates a city with 201 and replaces it with 200', async () => {
    const created = await call('dmitri', '/cities/3509205', { body: dmitriCity })
    expect(created.status).toBe(201)
    expect(await created.json()).toEqual({ cityCode: '3509205' })
    expect((await call('dmitri', '/cities/3509205', { body: dmitriCity })).status).toBe(200)
    expect(simulator.records('dmitri')).toEqual([{ cityCode: '3509205', ...dmitriCity }])
  })

  test('an unknown city code is refused with 404 and proof', async () => {
    const answer = await call('dmitri', '/cities/9999999', { body: dmitriCity })
    expect(answer.status).toBe(404)
    expect(await answer.json()).toEqual({ ...REFUSAL, code: 'unknown-city-code' })
  })

  test('a path that the API does not have is 404 without proof', async () => {
    const answer = await call('dmitri', '/towns/3509205', { body: dmitriCity })
    expect(answer.status).toBe(404)
    expect(await answer.json()).toEqual({ error: 'Not Found' })
  })
})

const WRITES = [
  { system: 'senninha', method: 'POST', path: '/providers', body: senninhaProvider('a'), invalid: 422 },
  { system: 'senninha', method: 'PUT', path: '/providers/x', body: senninhaProvider('a'), invalid: 422 },
  { system: 'maas', method: 'PUT', path: '/v2/providers/a', body: maasProvider(), invalid: 400 },
  { system: 'dmitri', method: 'PUT', path: '/cities/3509205', body: dmitriCity, invalid: 422 },
] as const

describe.each(WRITES)('$method $path of $system', ({ system, method, path, body, invalid }) => {
  test.each([
    ['a field too many', { ...body, extra: 1 }],
    ['a field too few', { ...body, name: undefined, legalName: undefined }],
    ['no JSON', '{"name":'],
    ['no body', undefined],
  ])(`${invalid} for %s`, async (_name, wrong) => {
    const answer = await call(system, path, { method, body: wrong })
    expect(answer.status).toBe(invalid)
    expect(await answer.json()).toEqual({ ...REFUSAL, code: 'invalid-body' })
  })

  test('401 without the right token, and no effect', async () => {
    const answer = await call(system, path, { method, body, headers: { authorization: 'Bearer wrong' } })
    expect(answer.status).toBe(401)
    expect(await answer.json()).toEqual(REFUSAL)
    expect(simulator.records(system)).toEqual([])
  })
})

test.each([
  {
    system: 'senninha',
    method: 'POST',
    path: '/providers',
    body: senninhaProvider('a'),
    refuse: '11222333000181',
  },
  { system: 'maas', method: 'PUT', path: '/v2/providers/a', body: maasProvider(), refuse: '11222333000181' },
  { system: 'maas', method: 'PUT', path: '/v2/providers/a', body: maasProvider(), refuse: '3509205' },
  { system: 'dmitri', method: 'PUT', path: '/cities/3509205', body: dmitriCity, refuse: '3509205' },
] as const)(
  '$system refuses $refuse where the dial says so',
  async ({ system, method, path, body, refuse }) => {
    simulator.setDials(system, { refuse: [refuse] })
    const answer = await call(system, path, { method, body })
    expect(answer.status).toBe(422)
    expect(await answer.json()).toEqual(REFUSAL)
    expect(simulator.effects(system)).toEqual([])
  },
)
