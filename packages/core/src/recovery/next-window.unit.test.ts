import type { RecoveryState } from '../model/recovery-state.ts'
import * as fc from 'fast-check'
import {
  afterIdle,
  initialRecovery,
  nextWindow,
  openedByDelivery,
  windowSize,
  type WindowResult,
} from './next-window.ts'
import type { RecoveryPolicy } from '../model/settings.ts'
import { NOW } from '../testing/samples.ts'

const RECOVERY: RecoveryPolicy = {
  minIntervalMs: 60_000,
  maxIntervalMs: 600_000,
  windowMax: 20,
  ratePerSecond: 10,
}
const FAILED = { succeeded: 0, failed: 1 }
const SUCCEEDED = { succeeded: 1, failed: 0 }
const canary = (gapMs = 60_000): RecoveryState => ({ phase: 'canary', gapMs, nextAt: NOW, since: NOW - 1 })
const ramp = (window: number): RecoveryState => ({ phase: 'ramp', window, nextAt: NOW, since: NOW - 1 })

const next = (state: RecoveryState, result: WindowResult, random = 0.5) =>
  nextWindow(state, result, NOW, random, RECOVERY)

describe('a canary', () => {
  test('is where an integration without a history begins: one delivery, at once', () => {
    expect(windowSize(initialRecovery(NOW), NOW, RECOVERY)).toBe(1)
  })

  test('that fails is followed by gaps that double from the shortest to the longest', () => {
    let state = initialRecovery(NOW)
    const gaps: number[] = []
    for (let turn = 0; turn < 6; turn++) {
      state = next(state, FAILED)
      expect(state.phase).toBe('canary')
      gaps.push(state.nextAt - NOW)
    }
    expect(gaps).toEqual([60_000, 120_000, 240_000, 480_000, 600_000, 600_000])
  })

  test('waits its gap, 20 % more or less', () => {
    expect(next(canary(), FAILED, 0)).toMatchObject({ gapMs: 120_000, nextAt: NOW + 96_000 })
    expect(next(canary(), FAILED, 1)).toMatchObject({ gapMs: 120_000, nextAt: NOW + 144_000 })
    const waiting = next(canary(600_000), FAILED, 1)
    expect(windowSize(waiting, waiting.nextAt - 1, RECOVERY)).toBe(0)
    expect(windowSize(waiting, waiting.nextAt, RECOVERY)).toBe(1)
  })

  test('that succeeds opens the ramp at one, at once', () => {
    const state = next(canary(600_000), SUCCEEDED)
    expect(state).toEqual({ phase: 'ramp', window: 1, nextAt: NOW, since: NOW })
    expect(windowSize(state, NOW, RECOVERY)).toBe(1)
  })
})

describe('a ramp', () => {
  test('doubles with each window up to the cap', () => {
    let state = next(canary(), SUCCEEDED)
    const sizes: number[] = []
    for (let turn = 0; turn < 7; turn++) {
      const size = windowSize(state, state.nextAt, RECOVERY)
      sizes.push(size)
      state = next({ ...state, nextAt: NOW }, { succeeded: size, failed: 0 })
    }
    expect(sizes).toEqual([1, 2, 4, 8, 16, 20, 20])
  })

  test('keeps to the rate: what was sent has to fit before the next window', () => {
    const state = next(ramp(16), { succeeded: 12, failed: 4 })
    expect(state.nextAt).toBe(NOW + 1_600)
    expect(windowSize(state, NOW + 1_599, RECOVERY)).toBe(0)
    expect(windowSize(state, NOW + 1_600, RECOVERY)).toBe(20)
  })

  test('the time that a window took counts towards the rate', () => {
    expect(next(ramp(16), { succeeded: 16, failed: 0, tookMs: 600 }).nextAt).toBe(NOW + 1_000)
    expect(next(ramp(16), { succeeded: 16, failed: 0, tookMs: 9_000 }).nextAt).toBe(NOW)
  })

  test('of which more than half failed goes back to the canary, with the shortest gap', () => {
    expect(next(ramp(8), { succeeded: 3, failed: 5 })).toEqual({
      phase: 'canary',
      gapMs: 60_000,
      nextAt: NOW + 60_000,
      since: NOW,
    })
  })

  test('of which exactly half failed goes on', () => {
    expect(next(ramp(8), { succeeded: 4, failed: 4 })).toMatchObject({ phase: 'ramp', window: 16 })
  })
})

describe('a window in which nothing was learned', () => {
  test.each([canary(240_000), ramp(8)])('is looked at again after the shortest gap: %o', (state) => {
    expect(next(state, { succeeded: 0, failed: 0 })).toEqual({ ...state, nextAt: NOW + 60_000 })
  })
})

describe('a fresh delivery', () => {
  test('opens the ramp at one', () => {
    expect(openedByDelivery(canary(), NOW, NOW + 5)).toEqual({
      phase: 'ramp',
      window: 1,
      nextAt: NOW + 5,
      since: NOW + 5,
    })
  })

  test('is none if it is older than the failure of the canary', () => {
    expect(openedByDelivery(canary(), NOW - 1, NOW)).toEqual(canary())
    expect(openedByDelivery(canary(), undefined, NOW)).toEqual(canary())
  })

  test('changes nothing in a ramp', () => {
    expect(openedByDelivery(ramp(8), NOW, NOW)).toEqual(ramp(8))
  })
})

describe('a wait that was planned here', () => {
  test('is respected however slow the rate is', () => {
    const slow = { ...RECOVERY, windowMax: 1_000, ratePerSecond: 0.1 }
    const state = nextWindow(ramp(1_000), { succeeded: 1_000, failed: 0 }, NOW, 0.5, slow)
    expect(state.nextAt).toBe(NOW + 10_000_000)
    expect(windowSize(state, NOW, slow)).toBe(0)
    expect(windowSize(state, state.nextAt - 1, slow)).toBe(0)
    expect(windowSize(state, state.nextAt, slow)).toBe(1_000)
  })

  test('is respected under every policy, after every window', () => {
    const policies = fc.record({
      minIntervalMs: fc.integer({ min: 1, max: 3_600_000 }),
      maxIntervalMs: fc.integer({ min: 1, max: 3_600_000 }),
      windowMax: fc.integer({ min: 1, max: 1_000 }),
      ratePerSecond: fc.double({ min: 0.001, max: 10_000, noNaN: true }),
    })
    const states = fc.oneof(
      fc.record({ phase: fc.constant('canary' as const), gapMs: fc.nat(3_600_000) }),
      fc.record({ phase: fc.constant('ramp' as const), window: fc.integer({ min: 1, max: 1_000 }) }),
    )
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(policies, states, share, share, share, (policy, from, sentShare, failedShare, random) => {
        const before: RecoveryState = { ...from, nextAt: NOW, since: NOW }
        const sent = Math.round(windowSize(before, NOW, policy) * sentShare)
        const failed = Math.round(sent * failedShare)
        const after = nextWindow(before, { succeeded: sent - failed, failed }, NOW, random, policy)
        fc.pre(after.nextAt > NOW + 1)
        expect(windowSize(after, NOW, policy)).toBe(0)
        expect(windowSize(after, after.nextAt - 1, policy)).toBe(0)
        expect(windowSize(after, after.nextAt, policy)).toBeGreaterThan(0)
      }),
    )
  })
})

test('a cap that was lowered holds for the window that was planned under the old one', () => {
  expect(windowSize(ramp(64), NOW, RECOVERY)).toBe(RECOVERY.windowMax)
})

describe('a clock that jumped', () => {
  test('row 45: holds no window for longer than the longest gap with its jitter', () => {
    const ahead: RecoveryState = { ...canary(), nextAt: NOW + 86_400_000 }
    expect(windowSize(ahead, NOW, RECOVERY)).toBe(1)
    expect(windowSize({ ...canary(), nextAt: NOW + 720_000 }, NOW, RECOVERY)).toBe(0)
    expect(windowSize({ ...canary(), nextAt: NOW + 720_001 }, NOW, RECOVERY)).toBe(1)
  })

  test.each([86_400_000, 365 * 86_400_000])(
    'row 45: a ramp that was planned %i ms ahead says nothing about today: a canary comes first',
    (aheadMs) => {
      const state: RecoveryState = { ...ramp(64), nextAt: NOW + aheadMs }
      expect(afterIdle(state, NOW, RECOVERY)).toEqual(initialRecovery(NOW))
      expect(afterIdle({ ...state, nextAt: NOW }, NOW, RECOVERY)).toMatchObject({ phase: 'ramp' })
      expect(afterIdle({ ...state, nextAt: NOW - aheadMs }, NOW, RECOVERY)).toEqual(initialRecovery(NOW))
    },
  )

  test('row 45: a success of the future opens no ramp: every canary that fails would be followed by another', () => {
    expect(openedByDelivery(canary(), NOW + 365 * 86_400_000, NOW)).toEqual(canary())
  })

  test('holds no window for longer than the rate could have planned', () => {
    const slow = { ...RECOVERY, windowMax: 1_000, ratePerSecond: 0.1 }
    expect(windowSize({ ...ramp(8), nextAt: NOW + 10_000_001 }, NOW, slow)).toBe(8)
  })
})
