import type { Call, HttpResult } from '@mensageria/simulator/system'
import { openSystem } from '@mensageria/simulator/testing'
import { z } from 'zod'
import { createSystem } from './simulated.ts'

const REFUSAL = { code: expect.any(String), message: expect.any(String) }
const providerOf = (externalId: string, taxId = '11222333000181') => ({
  externalId,
  name: 'CD Cajamar',
  taxId,
  address: {
    street: 'Rodovia Anhanguera',
    number: 'km 38',
    district: 'Jordanesia',
    city: 'Cajamar',
    state: 'SP',
    zipCode: '07786000',
  },
  contact: { name: 'Ana Souza', email: 'ana@example.com' },
})

const open = () => {
  const opened = openSystem(createSystem)
  const { ask } = opened
  return {
    ...opened,
    create: (body: unknown, call: Partial<Call> = {}) => ask('POST', '/providers', { body, ...call }),
    update: (id: string, body: unknown) => ask('PUT', '/providers/:id', { id, body }),
    find: (externalId: string, call: Partial<Call> = {}) =>
      ask('GET', '/providers', { query: { externalId }, ...call }),
  }
}

const idOf = ({ body }: HttpResult): string => z.object({ id: z.string() }).parse(body).id

test('a created provider is found with its id and everything that was sent', () => {
  const { create, find } = open()
  const answer = create(providerOf('a'))
  expect(answer).toMatchObject({ status: 201, effect: { operation: 'create', subject: 'a' } })
  expect(find('a').body).toEqual({ items: [{ id: idOf(answer), ...providerOf('a') }] })
  expect(find('b').body).toEqual({ items: [] })
})

test.each([
  ['externalId', 'external-id-exists', providerOf('a', '33000167000101')],
  ['taxId', 'tax-id-exists', providerOf('b')],
])('a second provider with the same %s is refused without an effect', (_name, code, body) => {
  const { create, system } = open()
  create(providerOf('a'))
  expect(create(body)).toEqual({ status: 409, body: { ...REFUSAL, code } })
  expect(system.records()).toHaveLength(1)
})

test('an update replaces everything, and frees the tax id it gave up', () => {
  const { create, update, find } = open()
  const id = idOf(create(providerOf('a')))
  const answer = update(id, providerOf('a', '33000167000101'))
  expect(answer).toEqual({ status: 200, body: { id }, effect: { operation: 'update', subject: 'a' } })
  expect(find('a').body).toMatchObject({ items: [{ id, taxId: '33000167000101' }] })
  expect(create(providerOf('b')).status).toBe(201)
})

test('an update to the tax id of another provider is refused', () => {
  const { create, update } = open()
  create(providerOf('a'))
  const id = idOf(create(providerOf('b', '33000167000101')))
  expect(update(id, providerOf('b')).status).toBe(409)
})

test('an update of an unknown provider is 404', () => {
  const answer = open().update('gone', providerOf('a'))
  expect(answer).toEqual({ status: 404, body: { ...REFUSAL, code: 'not-found' } })
})

test.each([{ ...providerOf('a'), extra: 1 }, { ...providerOf('a'), name: undefined }, undefined])(
  'the body %j is refused, and a look-up that asks for nothing too',
  (wrong) => {
    const { ask, create, update } = open()
    const refused = { status: 422, body: { ...REFUSAL, code: 'invalid-body' } }
    expect([create(wrong), update('a', wrong), ask('GET', '/providers')]).toEqual([refused, refused, refused])
  },
)

test('a tax id is refused where the dial says so', () => {
  const { create, refusing, system } = open()
  const answer = create(providerOf('a'), { dials: refusing('11222333000181') })
  expect(answer).toEqual({ status: 422, body: REFUSAL })
  expect(system.records()).toEqual([])
})

test('the look-up sees a provider once it is as old as the lag', () => {
  const { create, find, refusing } = open()
  const dials = { ...refusing(), lookupLagMs: 100 }
  create(providerOf('a'), { now: 1000 })
  expect(find('a', { dials, now: 1099 }).body).toEqual({ items: [] })
  expect(find('a', { dials, now: 1100 }).body).toMatchObject({ items: [{ externalId: 'a' }] })
})

test('after clear nothing is left', () => {
  const { system, create } = open()
  create(providerOf('a'))
  system.clear()
  expect(system.records()).toEqual([])
  expect(create(providerOf('a')).status).toBe(201)
})
