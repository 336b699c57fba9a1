import { z } from 'zod'
import { DEFAULT_DIALS } from './dials.ts'
import { senninhaProvider } from './testing/fixtures.ts'
import { createSenninha } from './senninha.ts'
import type { HttpResult, Call } from './system.ts'

const openSenninha = () => {
  const system = createSenninha()
  const call = (method: string, url: string, input: Partial<Call>): HttpResult => {
    const route = system.routes.find((candidate) => candidate.method === method && candidate.url === url)
    if (!route) throw new Error(`No route ${method} ${url}`)
    return route.handle({ id: '', query: {}, body: undefined, dials: DEFAULT_DIALS, now: 0, ...input })
  }
  return {
    system,
    create: (body: unknown, input: Partial<Call> = {}) => call('POST', '/providers', { body, ...input }),
    update: (id: string, body: unknown) => call('PUT', '/providers/:id', { id, body }),
    find: (externalId: string, input: Partial<Call> = {}) =>
      call('GET', '/providers', { query: { externalId }, ...input }),
  }
}

const idOf = ({ body }: HttpResult): string => z.object({ id: z.string() }).parse(body).id

describe('Senninha', () => {
  test('a created provider is found with its id and everything that was sent', () => {
    const { create, find } = openSenninha()
    const answer = create(senninhaProvider('a'))
    expect(answer).toMatchObject({ status: 201, effect: { operation: 'create', subject: 'a' } })
    expect(find('a').body).toEqual({ items: [{ id: idOf(answer), ...senninhaProvider('a') }] })
    expect(find('b').body).toEqual({ items: [] })
  })

  test.each([
    ['externalId', 'external-id-exists', senninhaProvider('a', '33000167000101')],
    ['taxId', 'tax-id-exists', senninhaProvider('b')],
  ])('a second provider with the same %s is refused without an effect', (_name, code, body) => {
    const { create, system } = openSenninha()
    create(senninhaProvider('a'))
    const answer = create(body)
    expect(answer).toEqual({ status: 409, body: { code, message: expect.any(String) } })
    expect(system.records()).toHaveLength(1)
  })

  test('an update replaces everything, and frees the tax id it gave up', () => {
    const { create, update, find } = openSenninha()
    const id = idOf(create(senninhaProvider('a')))
    const answer = update(id, senninhaProvider('a', '33000167000101'))
    expect(answer).toEqual({ status: 200, body: { id }, effect: { operation: 'update', subject: 'a' } })
    expect(find('a').body).toMatchObject({ items: [{ id, taxId: '33000167000101' }] })
    expect(create(senninhaProvider('b')).status).toBe(201)
  })

  test('an update to the tax id of another provider is refused', () => {
    const { create, update } = openSenninha()
    create(senninhaProvider('a'))
    const id = idOf(create(senninhaProvider('b', '33000167000101')))
    expect(update(id, senninhaProvider('b')).status).toBe(409)
  })

  test('an update of an unknown provider is 404', () => {
    const answer = openSenninha().update('gone', senninhaProvider('a'))
    expect(answer).toEqual({ status: 404, body: { code: 'not-found', message: expect.any(String) } })
  })

  test('the look-up sees a provider once it is as old as the lag', () => {
    const { create, find } = openSenninha()
    const dials = { ...DEFAULT_DIALS, lookupLagMs: 100 }
    create(senninhaProvider('a'), { now: 1000 })
    expect(find('a', { dials, now: 1099 }).body).toEqual({ items: [] })
    expect(find('a', { dials, now: 1100 }).body).toMatchObject({ items: [{ externalId: 'a' }] })
  })

  test('after clear nothing is left', () => {
    const { system, create } = openSenninha()
    create(senninhaProvider('a'))
    system.clear()
    expect(system.records()).toEqual([])
    expect(create(senninhaProvider('a')).status).toBe(201)
  })
})
