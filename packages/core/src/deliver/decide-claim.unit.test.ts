import { CALL_MS, LEASE_MS } from '../model/budget.ts'
import { decideClaim, isLeased, type ClaimContext, type SeenRow } from './decide-claim.ts'
import type { DeliveryTrigger, DeliveryRow } from '../model/delivery-row.ts'
import { KEY, NOW, rowIn, SETTINGS } from '../testing/samples.ts'

const CONTEXT: ClaimContext = { now: NOW, token: 'new-token', paused: false, retry: SETTINGS.retry }
const PUSH: DeliveryTrigger = { kind: 'push' }
const HANDOVERS: DeliveryTrigger[] = [{ kind: 'recovery' }, { kind: 'reconcile' }]
const redrive = (force: boolean): DeliveryTrigger => ({ kind: 'redrive', id: 'r-1', force })
const EVERYBODY: DeliveryTrigger[] = [PUSH, ...HANDOVERS, redrive(false), redrive(true)]
const DAY = 86_400_000
const YEAR = 365 * DAY
const STATES = ['delivering', 'retrying', 'parked', 'rejected', 'delivered'] as const

const claim = (
  row: DeliveryRow | undefined,
  version: number,
  {
    trigger = PUSH,
    ageMs = LEASE_MS,
    ownerGone,
    ...context
  }: Partial<ClaimContext> & { trigger?: DeliveryTrigger } & Partial<
      Pick<SeenRow, 'ageMs' | 'ownerGone'>
    > = {},
) => {
  const seen: SeenRow | undefined = row && { row, ageMs, ...(ownerGone ? { ownerGone } : {}) }
  return decideClaim(seen, { ...KEY, version, trigger }, { ...CONTEXT, ...context })
}

const decisionOf = (...args: Parameters<typeof claim>) => claim(...args).decision

describe('line 1: an older version than the row has', () => {
  test.each(STATES)('is superseded by a row that is %s, whatever else holds', (state) => {
    const row = rowIn(state, { version: 2, notBefore: NOW + 1_000, inDoubtMs: 1_000 })
    for (const trigger of EVERYBODY)
      expect(decisionOf(row, 1, { trigger, ageMs: 0, paused: true })).toBe('superseded')
  })

  test.each(STATES)('is the only one that a row which is %s supersedes', (state) => {
    for (const version of [2, 3]) {
      expect(decisionOf(rowIn(state, { version: 2 }), version, { ageMs: 0 })).not.toBe('superseded')
    }
  })
})

describe('line 2: the same version, delivered', () => {
  test.each([PUSH, ...HANDOVERS, redrive(false)])('is a duplicate for %o, also while paused', (trigger) => {
    expect(decisionOf(rowIn('delivered'), 1, { trigger })).toBe('duplicate')
    expect(decisionOf(rowIn('delivered'), 1, { trigger, ageMs: 0, paused: true })).toBe('duplicate')
  })

  test('is called again when a person forces it', () => {
    expect(decisionOf(rowIn('delivered'), 1, { trigger: redrive(true) })).toBe('claimed')
  })

  test('says nothing about a newer version', () => {
    expect(decisionOf(rowIn('delivered'), 2)).toBe('claimed')
  })
})

describe('line 3: a live lease', () => {
  test.each(EVERYBODY)('keeps %o out, at the same version and at a newer one', (trigger) => {
    for (const version of [1, 2]) {
      expect(decisionOf(rowIn('delivering'), version, { trigger, ageMs: LEASE_MS - 1 })).toBe('busy')
    }
  })

  test('is busy before it is held', () => {
    expect(decisionOf(rowIn('delivering'), 1, { ageMs: 0, paused: true })).toBe('busy')
  })

  test('ends by the age that the store measures, whatever the wall clocks of its owner and of ours say', () => {
    const ahead = rowIn('delivering', { lastAttemptAt: NOW + 86_400_000, dueAt: NOW + 86_400_000 })
    expect(decisionOf(ahead, 1, { ageMs: LEASE_MS })).toBe('claimed')
    const behind = rowIn('delivering', { lastAttemptAt: NOW - 86_400_000, dueAt: NOW - 86_400_000 })
    expect(decisionOf(behind, 1, { ageMs: LEASE_MS - 1 })).toBe('busy')
  })

  test.each(STATES)('belongs to rows in state delivering alone: %s', (state) => {
    expect(isLeased({ row: rowIn(state), ageMs: 0 })).toBe(state === 'delivering')
  })

  test('outlives the longest call that may begin under it', () => {
    expect(CALL_MS).toBeLessThan(LEASE_MS)
  })
})

describe('line 4: the same version, refused by the downstream', () => {
  test.each([PUSH, ...HANDOVERS])('is not called again by %o, also not while paused', (trigger) => {
    expect(decisionOf(rowIn('rejected'), 1, { trigger })).toBe('already-rejected')
    expect(decisionOf(rowIn('rejected'), 1, { trigger, paused: true })).toBe('already-rejected')
  })

  test.each([redrive(false), redrive(true)])('is called again for a person: %o', (trigger) => {
    expect(decisionOf(rowIn('rejected'), 1, { trigger })).toBe('claimed')
    expect(decisionOf(rowIn('rejected'), 1, { trigger, paused: true })).toBe('held')
  })

  test('says nothing about a newer version', () => {
    expect(decisionOf(rowIn('rejected'), 2)).toBe('claimed')
  })
})

describe('line 5: paused, or before the time that the downstream asked for', () => {
  test.each(EVERYBODY)('a pause holds %o, with and without a row', (trigger) => {
    expect(decisionOf(undefined, 1, { trigger, paused: true })).toBe('held')
    expect(decisionOf(rowIn('retrying'), 1, { trigger, paused: true })).toBe('held')
    expect(decisionOf(rowIn('parked'), 2, { trigger, paused: true })).toBe('held')
  })

  test.each(EVERYBODY)('notBefore holds %o until it is there', (trigger) => {
    const row = rowIn('retrying', { notBefore: NOW + 30_000 })
    expect(decisionOf(row, 1, { trigger })).toBe('held')
    expect(decisionOf(row, 1, { trigger, now: NOW + 29_999 })).toBe('held')
    expect(decisionOf(row, 1, { trigger, now: NOW + 30_000 })).toBe('claimed')
  })

  test('notBefore is believed up to one maximal backoff, and not beyond: that is a clock that jumped', () => {
    const { maxBackoffMs } = SETTINGS.retry
    expect(decisionOf(rowIn('parked', { notBefore: NOW + maxBackoffMs }), 1)).toBe('held')
    expect(decisionOf(rowIn('parked', { notBefore: NOW + maxBackoffMs + 1 }), 1)).toBe('claimed')
  })

  test('notBefore of an older version holds nothing', () => {
    expect(decisionOf(rowIn('retrying', { notBefore: NOW + 30_000 }), 2)).toBe('claimed')
  })
})

describe('line 6: a newer version while the outcome of the older one is in doubt', () => {
  test.each(['retrying', 'parked', 'rejected', 'delivered'] as const)(
    'waits for the end of an unknown call of a row that is %s by now',
    (state) => {
      const row = rowIn(state, { inDoubtMs: 40_000 })
      for (const trigger of EVERYBODY) expect(decisionOf(row, 2, { trigger, ageMs: 0 })).toBe('held')
      expect(decisionOf(row, 2, { ageMs: 39_999 })).toBe('held')
      expect(decisionOf(row, 2, { ageMs: 40_000 })).toBe('claimed')
    },
  )

  test.each([-YEAR, -DAY, -600_000, 600_000, DAY, YEAR])(
    'row 45: waits as long although the wall clock has jumped by %i ms',
    (jumpMs) => {
      const row = rowIn('retrying', { inDoubtMs: 40_000, lastAttemptAt: NOW - 35_000 })
      const now = NOW + jumpMs
      expect(decisionOf(row, 2, { now, ageMs: 39_999 })).toBe('held')
      expect(decisionOf(row, 2, { now, ageMs: 40_000 })).toBe('claimed')
    },
  )

  test('waits for a lease whose owner died, until 75 s after the process that knows it began', () => {
    const dead = rowIn('delivering', { lastAttemptAt: NOW - 10_000 })
    // A store that knows the owner's process is gone ends the lease at once; the call that was sent may land all the same.
    expect(decisionOf(dead, 1, { ageMs: 0, ownerGone: true })).toBe('claimed')
    expect(decisionOf(dead, 2, { ageMs: 0, ownerGone: true })).toBe('held')
    expect(decisionOf(dead, 2, { ageMs: LEASE_MS - 1, ownerGone: true, now: NOW + YEAR })).toBe('held')
    expect(decisionOf(dead, 2, { ageMs: LEASE_MS, ownerGone: true })).toBe('claimed')
  })

  test('waits for a lease that was taken over, also once the second call has ended well', () => {
    const dead = rowIn('delivering', { lastAttemptAt: NOW - 10_000 })
    const taken = claim(dead, 1, { ageMs: 10_000, ownerGone: true })
    if (taken.decision !== 'claimed') throw new Error(taken.decision)
    expect(taken.row.inDoubtMs).toBe(LEASE_MS - 10_000)
    const settled = rowIn('delivered', { inDoubtMs: taken.row.inDoubtMs })
    expect(decisionOf(settled, 2, { ageMs: LEASE_MS - 10_001 })).toBe('held')
    expect(decisionOf(settled, 2, { ageMs: LEASE_MS - 10_000 })).toBe('claimed')
  })

  test('is no reason to hold the same version back: that call is the one that finds out', () => {
    expect(decisionOf(rowIn('retrying', { inDoubtMs: 40_000 }), 1, { ageMs: 0 })).toBe('claimed')
  })
})

describe('line 7: everything else', () => {
  test('is claimed: no row, a newer version, retrying, parked, an expired lease', () => {
    for (const trigger of EVERYBODY) {
      expect(decisionOf(undefined, 1, { trigger })).toBe('claimed')
      expect(decisionOf(undefined, 5, { trigger })).toBe('claimed')
      for (const state of ['delivering', 'retrying', 'parked'] as const) {
        expect(decisionOf(rowIn(state), 1, { trigger })).toBe('claimed')
        expect(decisionOf(rowIn(state), 2, { trigger })).toBe('claimed')
      }
    }
  })
})
