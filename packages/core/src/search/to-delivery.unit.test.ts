import { Delivery, type Attempt } from '@mensageria/contracts'
import type { DeliveryRow } from '../model/delivery-row.ts'
import { KEY, NOW, rowIn, SETTINGS } from '../testing/samples.ts'
import { toDelivery } from './to-delivery.ts'

const iso = (at: number) => new Date(at).toISOString()
const FAILURE = { kind: 'transient', cause: 'timeout', httpStatus: undefined, message: 'x', at: NOW } as const
const HISTORY: Attempt[] = [{ at: iso(NOW), version: 1, trigger: 'push', durationMs: 1, result: 'transient' }]

const view = (row: DeliveryRow | undefined, version = 1) => {
  const delivery = toDelivery(row, { id: KEY.centerId, version }, SETTINGS)
  // What people see always fits the published schema, without empty fields.
  expect(Delivery.parse(delivery)).toStrictEqual(delivery)
  return delivery
}

describe('the view of a delivery', () => {
  test('without a row is waiting', () => {
    expect(view(undefined, 3)).toStrictEqual({
      integration: 'maas',
      centerId: KEY.centerId,
      version: 3,
      deliveredVersion: 0,
      state: 'waiting',
      attempts: 0,
      history: [],
    })
  })

  test.each(['retrying', 'parked', 'rejected', 'delivered'] as const)(
    'of a row below the center that is %s is waiting at the version of the center',
    (state) => {
      const row = rowIn(state, {
        deliveredVersion: 1,
        attempts: 7,
        lastFailure: FAILURE,
        parkedAt: NOW,
        externalId: 'p-1',
        history: HISTORY,
      })
      expect(view(row, 2)).toStrictEqual({
        integration: 'maas',
        centerId: KEY.centerId,
        version: 2,
        deliveredVersion: 1,
        state: 'waiting',
        attempts: 0,
        externalId: 'p-1',
        history: HISTORY,
      })
    },
  )

  test.each(['delivering', 'retrying', 'parked', 'rejected', 'delivered'] as const)(
    'shows the state %s at the version of the center',
    (state) => {
      expect(view(rowIn(state))).toMatchObject({ state, version: 1, attempts: 0 })
    },
  )

  test('shows times as RFC 3339, and the last failure', () => {
    const row = rowIn('parked', {
      attempts: 2,
      firstAttemptAt: NOW - 2_000,
      lastAttemptAt: NOW - 1_000,
      notBefore: NOW + 1_000,
      parkedAt: NOW,
      lastFailure: FAILURE,
      dueAt: NOW + 5_000,
    })
    expect(view(row)).toMatchObject({
      attempts: 2,
      firstAttemptAt: iso(NOW - 2_000),
      lastAttemptAt: iso(NOW - 1_000),
      notBefore: iso(NOW + 1_000),
      parkedAt: iso(NOW),
      nextAttemptAt: iso(NOW + 5_000),
      lastFailure: { kind: 'transient', cause: 'timeout', message: 'x', at: iso(NOW) },
    })
  })

  test('shows the status of a failure that had one', () => {
    const row = rowIn('retrying', { lastFailure: { ...FAILURE, httpStatus: 503 } })
    expect(view(row).lastFailure?.httpStatus).toBe(503)
  })
})

describe('the estimate of the next attempt', () => {
  test('of a retrying row is one backoff after its failure, but not before the downstream wants it', () => {
    const row = { attempts: 3, lastFailure: FAILURE }
    expect(view(rowIn('retrying', row)).nextAttemptAt).toBe(iso(NOW + 40_000))
    expect(view(rowIn('retrying', { ...row, notBefore: NOW + 90_000 })).nextAttemptAt).toBe(iso(NOW + 90_000))
  })

  test('of a parked row is when it is due, but not before the downstream wants it', () => {
    expect(view(rowIn('parked', { dueAt: NOW + 5 })).nextAttemptAt).toBe(iso(NOW + 5))
    expect(view(rowIn('parked', { dueAt: NOW + 5, notBefore: NOW + 9 })).nextAttemptAt).toBe(iso(NOW + 9))
  })

  test.each(['delivering', 'rejected', 'delivered'] as const)('is none while the row is %s', (state) => {
    expect(view(rowIn(state, { lastFailure: FAILURE }))).not.toHaveProperty('nextAttemptAt')
  })
})
