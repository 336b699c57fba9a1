import { toEvent } from '@mensageria/contracts'
import type { HttpResult } from '@mensageria/core'
import { answered as response, tryIntegration } from '@mensageria/runtime/testing'
import { dmitri } from './integration.ts'

const id = 'b1a5c1de-0000-5000-8000-000000000001'
const at = '2026-11-02T12:00:00.000Z'
const address = {
  street: 'Rodovia Anhanguera',
  number: 'km 38',
  district: 'Jordanesia',
  city: 'Cajamar',
  cityCode: '3509205',
  state: 'SP',
  postalCode: '07786000',
}
const center = { id, version: 1, createdAt: at, updatedAt: at, name: 'CD', taxId: '11222333000181', address }

const deliver = (answer: HttpResult, cityCode = address.cityCode) =>
  tryIntegration(dmitri, undefined, {
    event: toEvent({ ...center, address: { ...address, cityCode } }, undefined),
    answers: [answer],
  })

describe('dmitri', () => {
  test('puts the city, in one call', async () => {
    const { calls } = await deliver(response(201, { cityCode: '3509205' }))
    expect(calls).toEqual([['PUT /cities/3509205', { name: 'Cajamar', state: 'SP' }]])
  })

  test('a city code cannot lead to another path', async () => {
    const { calls } = await deliver(response(200, { cityCode: 'x' }), '../a?b')
    expect(calls[0]).toContain('PUT /cities/..%2Fa%3Fb')
  })

  test.each([200, 201])('%d with the city is delivered', async (status) => {
    const { outcome } = await deliver(response(status, { cityCode: '3509205' }))
    expect(outcome).toEqual({ kind: 'delivered' })
  })

  test.each([404, 422])('%d with a code and a message is a refusal', async (status) => {
    const { outcome } = await deliver(
      response(status, { code: 'unknown-city-code', message: 'No such city' }),
    )
    expect(outcome).toMatchObject({
      kind: 'rejected',
      cause: 'rejected:unknown-city-code',
      httpStatus: status,
    })
  })

  test.each([
    ['a 404 of a gateway', response(404, undefined), 'misconfigured'],
    ['a 400, which is not on the list', response(400, { code: 'bad', message: 'Bad' }), 'misconfigured'],
    ['a 401', response(401), 'misconfigured'],
    ['a 503', response(503), 'transient'],
    ['a 200 with another body', response(200, []), 'unknown'],
    ['a 200 for another city', response(200, { cityCode: '3550308' }), 'unknown'],
  ])('%s is no refusal', async (_what, answer, kind) => {
    const { outcome } = await deliver(answer)
    expect(outcome).toMatchObject({ kind })
  })

  test.each([
    ['before-sent', 'transient'],
    ['after-sent', 'unknown'],
  ] as const)('a failure %s is %s', async (phase, kind) => {
    const { outcome } = await deliver({ type: 'failure', phase, cause: 'timeout', misconfigured: false })
    expect(outcome).toMatchObject({ kind, cause: 'timeout' })
  })
})
