import { openSystem } from '@mensageria/simulator/testing'
import { createSystem } from './simulated.ts'

const URL = '/v2/providers/:id'
const REFUSAL = { code: expect.any(String), message: expect.any(String) }
const provider = (document = '11222333000181') => ({
  legalName: 'CD Cajamar',
  document,
  location: {
    cityCode: '3509205',
    state: 'SP',
    postalCode: '07786000',
    line1: 'Rodovia Anhanguera, km 38',
    line2: 'Galpao 2',
  },
  email: 'ana@example.com',
  phone: '+551133334444',
})

test('a provider is created with 201, replaced with 200, and keeps its providerId', () => {
  const { ask, system } = openSystem(createSystem)
  const created = ask('PUT', URL, { id: 'a', body: provider() })
  expect(created).toEqual({
    status: 201,
    body: { reference: 'a', providerId: expect.any(String) },
    effect: { operation: 'upsert', subject: 'a' },
  })
  const replaced = ask('PUT', URL, { id: 'a', body: provider('33000167000101') })
  expect(replaced).toMatchObject({ status: 200, body: created.body })
  expect(system.records()).toEqual([{ ...Object(created.body), ...provider('33000167000101') }])
  system.clear()
  expect(system.records()).toEqual([])
})

test.each([{ ...provider(), extra: 1 }, { ...provider(), legalName: undefined }, undefined])(
  'the body %j is refused with 400',
  (body) => {
    const answer = openSystem(createSystem).ask('PUT', URL, { id: 'a', body })
    expect(answer).toEqual({ status: 400, body: { ...REFUSAL, code: 'invalid-body' } })
  },
)

test.each(['11222333000181', '3509205'])('%s is refused where the dial says so', (value) => {
  const { ask, refusing, system } = openSystem(createSystem)
  const answer = ask('PUT', URL, { id: 'a', body: provider(), dials: refusing(value) })
  expect(answer).toEqual({ status: 422, body: REFUSAL })
  expect(system.records()).toEqual([])
})
