import { toEvent } from '@mensageria/contracts'
import type { DistributionCenter } from '@mensageria/contracts'
import type { HttpResult } from '@mensageria/core'
import { answered as response, tryIntegration } from '@mensageria/runtime/testing'
import { maas } from './integration.ts'

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
const center: DistributionCenter = {
  id,
  version: 1,
  createdAt: at,
  updatedAt: at,
  name: 'CD Cajamar',
  code: 'CD-SP-01',
  taxId: '11222333000181',
  address: { ...address, complement: 'Galpao 2' },
  location: { latitude: -23.355, longitude: -46.876 },
  contact: { name: 'Ana Souza', email: 'ana@example.com', phone: '+551133334444' },
}

const deliver = (answer: HttpResult, data = center) =>
  tryIntegration(maas, undefined, { event: toEvent(data, undefined), answers: [answer] })

const stored = { reference: id, providerId: 'p-1' }

describe('maas', () => {
  test('puts the provider under our own reference, in one call', async () => {
    const { calls } = await deliver(response(201, stored))
    const body = {
      legalName: 'CD Cajamar',
      document: '11222333000181',
      location: {
        cityCode: '3509205',
        state: 'SP',
        postalCode: '07786000',
        line1: 'Rodovia Anhanguera, km 38',
        line2: 'Galpao 2',
      },
      email: 'ana@example.com',
      phone: '+551133334444',
    }
    expect(calls).toEqual([[`PUT /v2/providers/${id}`, body]])
  })

  test('what the center lacks is left out', async () => {
    const { contact: _, ...withoutContact } = { ...center, address }
    const { calls } = await deliver(response(201, stored), withoutContact)
    expect(calls).toEqual([
      [
        `PUT /v2/providers/${id}`,
        {
          legalName: 'CD Cajamar',
          document: '11222333000181',
          location: {
            cityCode: '3509205',
            state: 'SP',
            postalCode: '07786000',
            line1: 'Rodovia Anhanguera, km 38',
          },
        },
      ],
    ])
  })

  test.each([200, 201])('%d is delivered under the id that MaaS gave', async (status) => {
    const { outcome } = await deliver(response(status, stored))
    expect(outcome).toEqual({ kind: 'delivered', externalId: 'p-1' })
  })

  test.each([400, 422])('%d with a code and a message is a refusal', async (status) => {
    const { outcome } = await deliver(response(status, { code: 'invalid-cnpj', message: 'No such CNPJ' }))
    expect(outcome).toMatchObject({ kind: 'rejected', cause: 'rejected:invalid-cnpj', httpStatus: status })
  })

  test.each([
    ['a 400 of a gateway', response(400, undefined), 'misconfigured'],
    ['a 404, which is not on the list', response(404, { code: 'a', message: 'b' }), 'misconfigured'],
    ['a 503', response(503), 'transient'],
    ['a 200 without the id', response(200, { reference: id }), 'unknown'],
    ['a 200 for another provider', response(200, { ...stored, reference: 'another' }), 'unknown'],
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
