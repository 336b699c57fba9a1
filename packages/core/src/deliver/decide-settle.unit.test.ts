import type { Attempt } from '@mensageria/contracts'
import { LEASE_MS } from '../model/budget.ts'
import { decideSettle, recoveryDelayMs } from './decide-settle.ts'
import { dueAtOf, type DeliveryTrigger, type DeliveryRow } from '../model/delivery-row.ts'
import type { Outcome } from './outcome.ts'
import { NOW, rowIn, SETTINGS } from '../testing/samples.ts'

const { retry, recovery } = SETTINGS
const PUSH: DeliveryTrigger = { kind: 'push' }
const SWEEPER: DeliveryTrigger[] = [
  { kind: 'recovery' },
  { kind: 'reconcile' },
  { kind: 'redrive', id: 'r-1', force: false },
]
const STARTED = NOW - 4_000

const claimedRow = (overrides: Parameters<typeof rowIn>[1] = {}) =>
  rowIn('delivering', { attempts: 1, firstAttemptAt: STARTED, lastAttemptAt: STARTED, ...overrides })

const settle = (outcome: Outcome, trigger: DeliveryTrigger = PUSH, row: DeliveryRow = claimedRow()) =>
  decideSettle(row, outcome, trigger, { now: NOW, tookMs: 4_000, retry, recovery })

const failure = (kind: Exclude<Outcome['kind'], 'delivered'>) =>
  ({ kind, cause: 'a-cause', message: 'A sentence', httpStatus: 503 }) as const

const PASSING = ['transient', 'misconfigured', 'unknown'] as const

describe('a failure for a passing cause', () => {
  test.each(PASSING)('%s of a push stays with the broker: retrying, not acknowledged', (kind) => {
    const { row, ack } = settle(failure(kind))
    expect(ack).toBe(false)
    expect(row.state).toBe('retrying')
    expect(dueAtOf(row)).toBe(NOW + 2 * retry.maxBackoffMs + LEASE_MS)
    expect(row.lastFailure).toEqual({
      kind,
      cause: 'a-cause',
      message: 'A sentence',
      httpStatus: 503,
      at: NOW,
      since: NOW,
      times: 1,
      lastedMs: 0,
    })
  })

  test('counts how often in a row its cause came, and since when', () => {
    const first = settle(failure('transient')).row
    expect(first.lastFailure).toMatchObject({ since: NOW, times: 1 })
    const again = (row: DeliveryRow, cause: string, now: number) =>
      decideSettle(row, { ...failure('transient'), cause }, PUSH, { now, tookMs: 5, retry, recovery }).row
    const second = again(first, 'a-cause', NOW + 7)
    expect(second.lastFailure).toMatchObject({ at: NOW + 7, since: NOW, times: 2 })
    const other = again(second, 'other', NOW + 8)
    expect(other.lastFailure).toMatchObject({ cause: 'other', since: NOW + 8, times: 1 })
    expect(again(other, 'a-cause', NOW + 9).lastFailure).toMatchObject({ since: NOW + 9, times: 1 })
  })

  test.each([
    [-365 * 86_400_000, 0],
    [30_000, 30_000],
    [365 * 86_400_000, 600_000],
  ])(
    'row 45: %i ms by the wall clock between two attempts count as %i ms of failing',
    (laterMs, lastedMs) => {
      const first = settle(failure('transient')).row
      const again = decideSettle(first, failure('transient'), PUSH, {
        now: NOW + laterMs,
        tookMs: 5,
        retry,
        recovery,
      })
      expect(again.row.lastFailure).toMatchObject({ times: 2, lastedMs })
    },
  )

  test('goes on from a row of an earlier release, which did not count', () => {
    const lastFailure = { kind: 'transient' as const, cause: 'a-cause', message: 'x', at: NOW - 9 }
    const { row } = settle(failure('transient'), PUSH, claimedRow({ lastFailure }))
    expect(row.lastFailure).toMatchObject({ at: NOW, since: NOW - 9, times: 2 })
  })

  test.each(PASSING)('%s of the sweeper stays with the sweeper: parked, not acknowledged', (kind) => {
    for (const trigger of SWEEPER) {
      const { row, ack } = settle(failure(kind), trigger)
      expect(ack).toBe(false)
      expect(row).toMatchObject({ state: 'parked', parkedAt: NOW, recoveryFailures: 1 })
      expect(dueAtOf(row)).toBe(NOW + recovery.minIntervalMs)
    }
  })

  test('of the sweeper keeps the time at which the row was parked first', () => {
    const { row } = settle(failure('transient'), { kind: 'recovery' }, claimedRow({ parkedAt: NOW - 99 }))
    expect(row.parkedAt).toBe(NOW - 99)
  })

  test('of a late push is the broker’s again: nobody is told any more that it is parked', () => {
    const { row } = settle(failure('transient'), PUSH, claimedRow({ parkedAt: NOW - 99 }))
    expect(row).toMatchObject({ state: 'retrying', parkedAt: undefined })
  })

  test('delays its own row by doubling, up to the longest gap', () => {
    const delays = [1, 2, 3, 4, 5, 6].map((failures) => recoveryDelayMs(recovery, failures))
    expect(delays).toEqual([60_000, 120_000, 240_000, 480_000, 600_000, 600_000])
    const { row } = settle(failure('transient'), { kind: 'recovery' }, claimedRow({ recoveryFailures: 2 }))
    expect(row).toMatchObject({ recoveryFailures: 3, dueAt: NOW + 240_000 })
  })

  test('keeps what is delivered already', () => {
    const before = claimedRow({ version: 2, deliveredVersion: 1, externalId: 'p-1' })
    expect(settle(failure('transient'), PUSH, before).row).toMatchObject({
      deliveredVersion: 1,
      externalId: 'p-1',
    })
  })
})

describe('a time that the downstream asked for', () => {
  const later = (retryAfterMs: number): Outcome => ({ ...failure('transient'), retryAfterMs })

  test('is kept as notBefore, clamped to one maximal backoff', () => {
    expect(settle(later(30_000)).row.notBefore).toBe(NOW + 30_000)
    expect(settle(later(retry.maxBackoffMs)).row.notBefore).toBe(NOW + retry.maxBackoffMs)
    expect(settle(later(99_000_000)).row.notBefore).toBe(NOW + retry.maxBackoffMs)
  })

  test('of zero, or none at all, holds nothing back', () => {
    expect(settle(later(0)).row.notBefore).toBeUndefined()
    expect(
      settle(failure('transient'), PUSH, claimedRow({ notBefore: NOW + 9 })).row.notBefore,
    ).toBeUndefined()
  })

  test('says when a parked row is due, which does not wait like one that failed', () => {
    expect(dueAtOf(settle(later(400_000), { kind: 'recovery' }).row)).toBe(NOW + 400_000)
    expect(dueAtOf(settle(later(1_000), { kind: 'recovery' }).row)).toBe(NOW + 1_000)
  })
})

describe('a refusal', () => {
  test('closes the row for push and sweeper: rejected, nothing is due, and not acknowledged', () => {
    for (const trigger of [PUSH, ...SWEEPER]) {
      const { row, ack } = settle(failure('rejected'), trigger)
      expect(ack).toBe(false)
      expect(row.state).toBe('rejected')
      expect(row).not.toHaveProperty('dueAt')
      expect(row.lastFailure?.kind).toBe('rejected')
      expect(row.deliveredVersion).toBe(0)
    }
  })
})

describe('a success', () => {
  test('of push and sweeper is acknowledged and closes the row: delivered, nothing is due', () => {
    for (const trigger of [PUSH, ...SWEEPER]) {
      const { row, ack } = settle(
        { kind: 'delivered' },
        trigger,
        claimedRow({ version: 3, deliveredVersion: 1 }),
      )
      expect(ack).toBe(true)
      expect(row.state).toBe('delivered')
      expect(row).not.toHaveProperty('dueAt')
      expect(row.deliveredVersion).toBe(3)
    }
  })

  test('clears what went wrong before', () => {
    const before = claimedRow({
      lastFailure: { kind: 'transient', cause: 'timeout', message: 'x', at: NOW - 9 },
      parkedAt: NOW - 9,
      notBefore: NOW - 9,
      recoveryFailures: 4,
    })
    const { row } = settle({ kind: 'delivered' }, PUSH, before)
    expect(row.lastFailure).toBeUndefined()
    expect(row.parkedAt).toBeUndefined()
    expect(row.notBefore).toBeUndefined()
    expect(row.recoveryFailures).toBe(0)
  })

  test('keeps the id that the downstream gave, now or before', () => {
    const before = claimedRow({ externalId: 'p-1' })
    expect(settle({ kind: 'delivered' }, PUSH, before).row.externalId).toBe('p-1')
    expect(settle({ kind: 'delivered', externalId: 'p-2' }, PUSH, before).row.externalId).toBe('p-2')
  })
})

describe('the doubt after an outcome', () => {
  test('lasts until 75 s after the call began where the outcome is unknown', () => {
    for (const trigger of [PUSH, ...SWEEPER]) {
      expect(settle(failure('unknown'), trigger).row.inDoubtMs).toBe(LEASE_MS - 4_000)
    }
  })

  test.each(['transient', 'misconfigured', 'rejected', 'delivered'] as const)(
    'of an earlier call is not ended by %s, nor is there a new one',
    (kind) => {
      const outcome: Outcome = kind === 'delivered' ? { kind } : failure(kind)
      expect(settle(outcome).row.inDoubtMs).toBeUndefined()
      const earlier = claimedRow({ inDoubtMs: 50_000 })
      expect(settle(outcome, PUSH, earlier).row.inDoubtMs).toBe(46_000)
      expect(settle(outcome, PUSH, claimedRow({ inDoubtMs: 4_000 })).row.inDoubtMs).toBeUndefined()
    },
  )
})

describe('the history', () => {
  const at = new Date(STARTED).toISOString()

  test('gets one entry for the call, newest last', () => {
    const first = settle(failure('transient')).row
    const second = settle({ kind: 'delivered' }, { kind: 'redrive', id: 'r-1', force: true }, first).row
    expect(second.history).toEqual([
      {
        at,
        version: 1,
        trigger: 'push',
        durationMs: 4_000,
        result: 'transient',
        cause: 'a-cause',
        httpStatus: 503,
      },
      { at, version: 1, trigger: 'redrive:r-1', durationMs: 4_000, result: 'delivered' },
    ])
  })

  test.each(['delivered', 'transient', 'rejected'] as const)('keeps the last 20 after %s', (kind) => {
    const history = Array.from({ length: 20 }, (_, index): Attempt => ({
      at,
      version: 1,
      trigger: 'push',
      durationMs: index,
      result: 'transient',
    }))
    const outcome: Outcome = kind === 'delivered' ? { kind } : failure(kind)
    const after = settle(outcome, PUSH, claimedRow({ history })).row.history
    expect(after).toHaveLength(20)
    expect(after[0]?.durationMs).toBe(1)
    expect(after.at(-1)).toMatchObject({ durationMs: 4_000, result: kind })
  })

  test.each([-86_400_000, 60_000, 365 * 86_400_000])(
    'row 45: holds how long the call took, although the wall clock jumped by %i ms meanwhile',
    (jumpMs) => {
      const { row } = settle({ kind: 'delivered' }, PUSH, claimedRow({ lastAttemptAt: NOW - 4_000 - jumpMs }))
      expect(row.history.at(-1)?.durationMs).toBe(4_000)
    },
  )
})
