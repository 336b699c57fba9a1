import { openSystem } from '@mensageria/simulator/testing'
import { createSystem } from './simulated.ts'

const URL = '/cities/:id'
const body = { name: 'Cajamar', state: 'SP' }
const REFUSAL = { code: expect.any(String), message: expect.any(String) }

test('a city is created with 201 and replaced with 200, and held once', () => {
  const { ask, system } = openSystem(createSystem)
  const created = ask('PUT', URL, { id: '3509205', body })
  expect(created).toEqual({
    status: 201,
    body: { cityCode: '3509205' },
    effect: { operation: 'upsert', subject: '3509205' },
  })
  expect(ask('PUT', URL, { id: '3509205', body }).status).toBe(200)
  expect(system.records()).toEqual([{ cityCode: '3509205', ...body }])
  system.clear()
  expect(system.records()).toEqual([])
})

test('an unknown city code is refused with 404 and proof', () => {
  const { ask, system } = openSystem(createSystem)
  const answer = ask('PUT', URL, { id: '9999999', body })
  expect(answer).toEqual({ status: 404, body: { ...REFUSAL, code: 'unknown-city-code' } })
  expect(system.records()).toEqual([])
})

test.each([{ ...body, extra: 1 }, { name: 'Cajamar' }, undefined])('the body %j is refused', (wrong) => {
  const answer = openSystem(createSystem).ask('PUT', URL, { id: '3509205', body: wrong })
  expect(answer).toEqual({ status: 422, body: { ...REFUSAL, code: 'invalid-body' } })
})

test('a city is refused where the dial says so', () => {
  const { ask, refusing } = openSystem(createSystem)
  const answer = ask('PUT', URL, { id: '3509205', body, dials: refusing('3509205') })
  expect(answer).toEqual({ status: 422, body: REFUSAL })
})
