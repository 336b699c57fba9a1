import { LEASE_MS } from '../model/budget.ts'
import { decidePark } from './decide-park.ts'
import type { DeliveryRow } from '../model/delivery-row.ts'
import { KEY, NOW, rowIn } from '../testing/samples.ts'

const FAILURE = { kind: 'transient', cause: 'http-503', message: 'Answered 503', at: NOW - 60_000 } as const
const STATES = ['delivering', 'retrying', 'parked', 'rejected', 'delivered'] as const

const park = (row: DeliveryRow | undefined, version: number, ageMs = LEASE_MS) =>
  decidePark(row && { row, ageMs }, { ...KEY, version }, { now: NOW, token: 'new-token' })

const parked = (...args: Parameters<typeof park>): DeliveryRow => {
  const decided = park(...args)
  if (decided.decision !== 'park') throw new Error(decided.decision)
  return decided.row
}

describe('a dead letter that is done', () => {
  test.each(STATES)('is one of an older version than a row has that is %s', (state) => {
    expect(park(rowIn(state, { version: 2, deliveredVersion: 0 }), 1, 0)).toEqual({ decision: 'done' })
  })

  test('is one of a version that is delivered, also while a forced redrive works on it', () => {
    expect(park(rowIn('delivered'), 1)).toEqual({ decision: 'done' })
    expect(park(rowIn('delivering', { deliveredVersion: 1 }), 1, 0)).toEqual({ decision: 'done' })
  })

  test('is one that was parked before', () => {
    expect(park(rowIn('parked', { parkedAt: NOW - 1 }), 1)).toEqual({ decision: 'done' })
    expect(park(rowIn('rejected', { parkedAt: NOW - 1 }), 1)).toEqual({ decision: 'done' })
    expect(park(parked(undefined, 1), 1)).toEqual({ decision: 'done' })
  })
})

describe('a dead letter under a live lease', () => {
  test('waits until the lease has ended', () => {
    for (const version of [1, 2]) {
      expect(park(rowIn('delivering'), version, LEASE_MS - 1)).toEqual({ decision: 'wait' })
      expect(park(rowIn('delivering'), version, LEASE_MS).decision).toBe('park')
    }
  })
})

describe('a dead letter that parks', () => {
  test('a version without a row makes one that says that no call was made', () => {
    expect(parked(undefined, 2)).toMatchObject({
      ...KEY,
      version: 2,
      deliveredVersion: 0,
      token: 'new-token',
      state: 'parked',
      attempts: 0,
      parkedAt: NOW,
      dueAt: NOW,
      lastFailure: { kind: 'held', cause: 'no-call', at: NOW },
    })
  })

  test('a retrying row keeps its attempts and its last failure', () => {
    const before = rowIn('retrying', {
      attempts: 100,
      firstAttemptAt: 1,
      lastFailure: FAILURE,
      recoveryFailures: 1,
    })
    expect(parked(before, 1)).toEqual({
      ...before,
      token: 'new-token',
      state: 'parked',
      parkedAt: NOW,
      dueAt: NOW,
    })
  })

  test('a refused row stays refused and is never due', () => {
    const before = rowIn('rejected', { lastFailure: { ...FAILURE, kind: 'rejected' } })
    const row = parked(before, 1)
    expect(row).toEqual({ ...before, token: 'new-token', parkedAt: NOW })
    expect(row).not.toHaveProperty('dueAt')
  })

  test.each(['retrying', 'parked', 'rejected', 'delivered'] as const)(
    'a row at a lower version that is %s becomes parked at this one, and keeps what is delivered',
    (state) => {
      const before = rowIn(state, {
        deliveredVersion: 1,
        attempts: 7,
        inDoubtMs: LEASE_MS + 5,
        lastFailure: FAILURE,
        externalId: 'p-1',
        history: [
          { at: '2026-11-20T11:00:00.000Z', version: 1, trigger: 'push', durationMs: 1, result: 'delivered' },
        ],
      })
      expect(parked(before, 2)).toMatchObject({
        version: 2,
        state: 'parked',
        attempts: 0,
        parkedAt: NOW,
        dueAt: NOW,
        lastFailure: { kind: 'held', cause: 'no-call' },
        deliveredVersion: 1,
        inDoubtMs: 5,
        externalId: 'p-1',
        history: before.history,
      })
    },
  )
})
