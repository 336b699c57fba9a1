import type { Attempt } from '@mensageria/contracts'
import { LEASE_MS } from '../model/budget.ts'
import { decideClaim, type ClaimDecision } from './decide-claim.ts'
import type { DeliveryTrigger, DeliveryRow } from '../model/delivery-row.ts'
import { KEY, NOW, rowIn, SETTINGS } from '../testing/samples.ts'

const ATTEMPT: Attempt = {
  at: '2026-11-20T11:00:00.000Z',
  version: 1,
  trigger: 'push',
  durationMs: 5,
  result: 'unknown',
}
const FAILURE = { kind: 'transient', cause: 'http-503', message: 'Answered 503', at: NOW - 60_000 } as const

const PUSH: DeliveryTrigger = { kind: 'push' }

const claimed = (
  row: DeliveryRow | undefined,
  version: number,
  trigger: DeliveryTrigger = PUSH,
  ageMs = 90_000,
): Extract<ClaimDecision, { decision: 'claimed' }> => {
  const context = { now: NOW, token: 'new-token', paused: false, retry: SETTINGS.retry }
  const decided = decideClaim(row && { row, ageMs, ownerGone: true }, { ...KEY, version, trigger }, context)
  if (decided.decision !== 'claimed') throw new Error(decided.decision)
  return decided
}

describe('the row of a claim', () => {
  test('without a row before, holds the first attempt', () => {
    expect(claimed(undefined, 1)).toEqual({
      decision: 'claimed',
      takenOver: false,
      row: {
        ...KEY,
        leasedBy: 'push',
        version: 1,
        deliveredVersion: 0,
        token: 'new-token',
        state: 'delivering',
        dueAt: NOW + LEASE_MS + 600_000,
        attempts: 1,
        firstAttemptAt: NOW,
        lastAttemptAt: NOW,
        notBefore: undefined,
        inDoubtMs: undefined,
        parkedAt: undefined,
        recoveryFailures: 0,
        redrives: 0,
        lastFailure: undefined,
        externalId: undefined,
        history: [],
      },
    })
  })

  test('is due one maximal backoff after the end of the lease', () => {
    for (const state of ['retrying', 'parked'] as const) {
      expect(claimed(rowIn(state), 1).row).toMatchObject({ dueAt: NOW + LEASE_MS + 600_000 })
    }
  })

  test('counts on at the same version, and keeps what is known of it', () => {
    const before = rowIn('retrying', {
      attempts: 3,
      firstAttemptAt: NOW - 90_000,
      lastAttemptAt: NOW - 60_000,
      notBefore: NOW - 1,
      inDoubtMs: 15_000,
      recoveryFailures: 2,
      lastFailure: FAILURE,
      externalId: 'p-1',
      history: [ATTEMPT],
    })
    const { row } = claimed(before, 1, PUSH, 5_000)
    expect(row).toEqual({
      ...before,
      inDoubtMs: 10_000,
      state: 'delivering',
      token: 'new-token',
      attempts: 4,
      lastAttemptAt: NOW,
      leasedBy: 'push',
      notBefore: undefined,
      dueAt: NOW + LEASE_MS + 600_000,
    })
  })

  test('counts anew for a newer version, and keeps what the older one achieved', () => {
    const before = rowIn('retrying', {
      deliveredVersion: 1,
      attempts: 3,
      firstAttemptAt: NOW - 90_000,
      parkedAt: NOW - 10,
      notBefore: NOW + 50_000,
      inDoubtMs: 15_000,
      recoveryFailures: 2,
      redrives: 1,
      lastFailure: FAILURE,
      externalId: 'p-1',
      history: [ATTEMPT],
    })
    expect(claimed(before, 2).row).toMatchObject({
      version: 2,
      attempts: 1,
      firstAttemptAt: NOW,
      notBefore: undefined,
      parkedAt: undefined,
      recoveryFailures: 0,
      redrives: 0,
      lastFailure: undefined,
      deliveredVersion: 1,
      inDoubtMs: undefined,
      externalId: 'p-1',
      history: [ATTEMPT],
    })
  })
})

describe('a take-over', () => {
  test('is told, and leaves a doubt until 75 s after the first call began', () => {
    const decided = claimed(
      rowIn('delivering', { attempts: 1, lastAttemptAt: NOW - 20_000 }),
      1,
      PUSH,
      20_000,
    )
    expect(decided.takenOver).toBe(true)
    expect(decided.row).toMatchObject({ attempts: 2, inDoubtMs: LEASE_MS - 20_000 })
  })

  test('is none where the lease was ended properly, or was for an older version', () => {
    expect(claimed(rowIn('retrying'), 1).takenOver).toBe(false)
    expect(claimed(rowIn('delivering', { lastAttemptAt: NOW - LEASE_MS }), 2).takenOver).toBe(false)
  })
})

describe('a redrive by a person', () => {
  const redrive: DeliveryTrigger = { kind: 'redrive', id: 'r-1', force: true }

  test.each(['rejected', 'delivered'] as const)('of a row that is %s is counted', (state) => {
    expect(claimed(rowIn(state, { redrives: 1 }), 1, redrive).row.redrives).toBe(2)
  })

  test('of an open row, or for a newer version, is not: no answer of that key can be replayed', () => {
    expect(claimed(rowIn('parked', { redrives: 1 }), 1, redrive).row.redrives).toBe(1)
    expect(claimed(rowIn('rejected', { redrives: 1 }), 2, redrive).row.redrives).toBe(0)
  })

  test('keeps what is delivered already on record', () => {
    const { row } = claimed(rowIn('delivered', { externalId: 'p-1', attempts: 1 }), 1, redrive)
    expect(row).toMatchObject({ deliveredVersion: 1, externalId: 'p-1', attempts: 2 })
  })
})
