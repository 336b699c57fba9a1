import { toEvent } from '@mensageria/contracts'
import type { DistributionCenter } from '@mensageria/contracts'
import type { CallContext, HttpResult } from '@mensageria/core'
import { answered as response, tryIntegration } from '@mensageria/runtime/testing'
import { senninha } from './integration.ts'

const AT = '2026-11-02T12:00:00.000Z'
const address = { street: 'Rodovia', number: 'km 38', district: 'Centro', city: 'Cajamar', state: 'SP' }

const CENTER: DistributionCenter = {
  id: 'b1a5c1de-0000-5000-8000-000000000001',
  version: 1,
  createdAt: AT,
  updatedAt: AT,
  name: 'CD Cajamar',
  taxId: '11222333000181',
  address: { ...address, complement: 'Galpao 2', cityCode: '3509205', postalCode: '07786000' },
  contact: { name: 'Ana Souza', email: 'ana@example.com' },
}

// `CENTER` as it is sent.
const PROVIDER = {
  externalId: CENTER.id,
  name: CENTER.name,
  taxId: CENTER.taxId,
  address: { ...address, zipCode: '07786000' },
  contact: { name: 'Ana Souza', email: 'ana@example.com' },
}

// Delivers against answers that come in this order.
const deliverScripted = (answers: HttpResult[], changes: Partial<CallContext> = {}, center = CENTER) =>
  tryIntegration(senninha, undefined, { event: toEvent(center, undefined), answers, changes })

const LOOK_UP = [`GET /providers?externalId=${CENTER.id}`]
const CREATE = ['POST /providers', PROVIDER]
const UPDATE = ['PUT /providers/p-1', PROVIDER]

const created = response(201, { id: 'p-1' })
const exists = response(409, { code: 'exists', message: 'Exists' })
const gone = response(404, { code: 'not-found', message: 'Gone' })
const none = response(200, { items: [] })
const found = (changes: object = {}) => response(200, { items: [{ id: 'p-1', ...PROVIDER, ...changes }] })

const delivered = { kind: 'delivered', externalId: 'p-1' }
const AGAIN = { mayHaveEffect: true, attempt: 2 }
const MINUTE_MS = 60_000

describe('senninha, where nothing can be there yet', () => {
  test('creates in one call', async () => {
    const { outcome, calls } = await deliverScripted([created])
    expect(outcome).toEqual(delivered)
    expect(calls).toEqual([CREATE])
  })

  test('a center without contact is sent without one', async () => {
    const { contact: _c, ...center } = CENTER
    const { contact: _p, ...provider } = PROVIDER
    const { calls } = await deliverScripted([created], {}, center)
    expect(calls).toEqual([['POST /providers', provider]])
  })

  test.each<[string, HttpResult, object]>([
    ['a 422 with proof', response(422, { code: 'invalid-tax-id', message: 'No' }), { kind: 'rejected' }],
    ['a 422 without', response(422), { kind: 'misconfigured' }],
    ['a 400', response(400, { code: 'bad', message: 'Bad' }), { kind: 'misconfigured' }],
    ['a 503', response(503), { kind: 'transient', cause: 'http-503' }],
    ['a 201 without an id', response(201, {}), { kind: 'unknown' }],
    ['a 201 for another provider', response(201, { id: 'p-1', externalId: 'other' }), { kind: 'unknown' }],
    [
      'no answer',
      { type: 'failure', phase: 'after-sent', cause: 'timeout', misconfigured: false },
      { kind: 'unknown', cause: 'timeout' },
    ],
  ])('%s to the create ends the attempt', async (_what, answer, expected) => {
    const { outcome, calls } = await deliverScripted([answer])
    expect(outcome).toMatchObject(expected)
    expect(calls).toEqual([CREATE])
  })
})

describe('senninha, where an effect may be there', () => {
  test('not found is created', async () => {
    const { outcome, calls } = await deliverScripted([none, created], AGAIN)
    expect(outcome).toEqual(delivered)
    expect(calls).toEqual([LOOK_UP, CREATE])
  })

  test.each([
    ['', {}],
    [
      ', with fields of its own',
      { status: 'active', createdAt: 'x', address: { ...PROVIDER.address, country: 'BR' } },
    ],
    [', in another order', { address: Object.fromEntries(Object.entries(PROVIDER.address).toReversed()) }],
    [', with a null for what is not there', { contact: { ...PROVIDER.contact, phone: null } }],
  ])('found and equal%s is delivered without another call', async (_how, changes) => {
    const { outcome, calls } = await deliverScripted([found(changes)], AGAIN)
    expect(outcome).toEqual(delivered)
    expect(calls).toEqual([LOOK_UP])
  })

  test.each([
    ['name', { name: 'CD Velho' }],
    ['taxId', { taxId: '11444777000161' }],
    ['a part of the address', { address: { ...PROVIDER.address, zipCode: '00000000' } }],
    ['a part of the contact', { contact: { name: 'Ana Souza', email: 'old@example.com' } }],
    ['a phone that the center no longer has', { contact: { ...PROVIDER.contact, phone: '+551133334444' } }],
    ['no contact', { contact: null }],
    ['a shape that we do not know', { address: 'Rodovia' }],
  ])('found with another %s is changed', async (_what, changes) => {
    const { outcome, calls } = await deliverScripted([found(changes), response(200, { id: 'p-1' })], AGAIN)
    expect(outcome).toEqual(delivered)
    expect(calls).toEqual([LOOK_UP, UPDATE])
  })

  test('a contact that was taken away is a difference', async () => {
    const { contact: _, ...center } = CENTER
    const { calls } = await deliverScripted([found(), response(200, { id: 'p-1' })], AGAIN, center)
    expect(calls).toHaveLength(2)
  })

  test('no contact and an empty one are the same', async () => {
    const { contact: _, ...center } = CENTER
    const { calls } = await deliverScripted([found({ contact: {} })], AGAIN, center)
    expect(calls).toHaveLength(1)
  })

  test('what vanished between look-up and change is created', async () => {
    const { outcome, calls } = await deliverScripted([found({ name: 'X' }), gone, created], AGAIN)
    expect(outcome).toEqual(delivered)
    expect(calls).toEqual([LOOK_UP, UPDATE, CREATE])
  })

  test('a look-up that shows what is gone does not keep us in a circle', async () => {
    const old = found({ name: 'X' })
    const { outcome, calls } = await deliverScripted([old, gone, exists, old, gone], AGAIN)
    expect(outcome).toMatchObject({ kind: 'misconfigured', cause: 'http-404' })
    expect(calls).toEqual([LOOK_UP, UPDATE, CREATE, LOOK_UP, UPDATE])
  })

  test("somebody else's provider is not ours, even where the filter is ignored", async () => {
    const { calls } = await deliverScripted([found({ externalId: 'other' }), created], AGAIN)
    expect(calls).toEqual([LOOK_UP, CREATE])
  })

  test('the id of a provider cannot lead to another path', async () => {
    const odd = response(200, { items: [{ ...PROVIDER, id: '../a?b', name: 'X' }] })
    const { calls } = await deliverScripted([odd, response(200, { id: 'p-1' })], AGAIN)
    expect(calls).toEqual([LOOK_UP, ['PUT /providers/..%2Fa%3Fb', ...UPDATE.slice(1)]])
  })

  test.each<[string, HttpResult, object]>([
    ['a 503', response(503), { kind: 'transient', cause: 'http-503' }],
    ['a 404 of a gateway', response(404), { kind: 'misconfigured' }],
    ['a 200 with another body', response(200, { providers: [] }), { kind: 'unknown' }],
    [
      'no connection',
      { type: 'failure', phase: 'before-sent', cause: 'connection-refused', misconfigured: false },
      { kind: 'transient', cause: 'connection-refused' },
    ],
  ])('%s to the look-up ends the attempt: nothing is created blindly', async (_what, answer, expected) => {
    const { outcome, calls } = await deliverScripted([answer], AGAIN)
    expect(outcome).toMatchObject(expected)
    expect(calls).toEqual([LOOK_UP])
  })

  test('a refusal of the change is a refusal', async () => {
    const refused = response(422, { code: 'invalid-tax-id', message: 'No' })
    const { outcome } = await deliverScripted([found({ name: 'X' }), refused], AGAIN)
    expect(outcome).toMatchObject({ kind: 'rejected', cause: 'rejected:invalid-tax-id' })
  })
})

describe('senninha, where the create is answered 409', () => {
  test('found and equal is delivered', async () => {
    const { outcome, calls } = await deliverScripted([exists, found()])
    expect(outcome).toEqual(delivered)
    expect(calls).toEqual([CREATE, LOOK_UP])
  })

  test('found and different is changed', async () => {
    const { outcome, calls } = await deliverScripted([
      exists,
      found({ name: 'X' }),
      response(200, { id: 'p-1' }),
    ])
    expect(outcome).toEqual(delivered)
    expect(calls).toEqual([CREATE, LOOK_UP, UPDATE])
  })

  test('a look-up that fails ends the attempt', async () => {
    const { outcome } = await deliverScripted([exists, response(503)])
    expect(outcome).toMatchObject({ kind: 'transient', cause: 'http-503' })
  })

  const failing = (times: number, lastedMinutes: number, cause = 'exists-not-found') => ({
    ...AGAIN,
    attempt: 99,
    firstAttemptAt: 0,
    now: 600 * MINUTE_MS,
    lastFailure: { cause, times, since: 0, lastedMs: lastedMinutes * MINUTE_MS },
  })

  test.each([
    [
      'the first time, also long after the version’s first attempt',
      { ...failing(0, 0), lastFailure: undefined },
    ],
    ['the first time after an outage', failing(50, 600, 'http-503')],
    ['the third time, long after the first', failing(2, 600)],
    ['the fourth time, within 15 minutes', failing(3, 15 - 1 / 60_000)],
  ])('not found is transient for %s: the look-up may lag', async (_which, { lastFailure, ...context }) => {
    const { outcome } = await deliverScripted([none, exists, none], {
      ...context,
      ...(lastFailure && { lastFailure }),
    })
    expect(outcome).toMatchObject({ kind: 'transient', cause: 'exists-not-found', httpStatus: 409 })
  })

  test('not found after three attempts and 15 minutes is refused: it belongs to somebody else', async () => {
    const { outcome } = await deliverScripted([none, exists, none], failing(3, 15))
    expect(outcome).toMatchObject({ kind: 'rejected', cause: 'rejected:exists-elsewhere', httpStatus: 409 })
  })
})
