import { hasHappened, isAhead, passedMs, unlessBeyond } from '../model/believed.ts'
import type { RecoveryState } from '../model/recovery-state.ts'
import type { RecoveryPolicy } from '../model/settings.ts'

/** What a window taught. `failed` counts passing causes only: a refusal is an answer of a system that works. */
export type WindowSignal = { succeeded: number; failed: number }

/** How a window ended; the time that it took counts towards the wait that the rate asks for. */
export type WindowResult = WindowSignal & { tookMs?: number }

/** Where an integration without a history begins: with a canary, at once. */
export const initialRecovery = (now: number): RecoveryState => ({
  phase: 'canary',
  gapMs: 0,
  nextAt: now,
  since: now,
})

// The longest wait that `nextWindow` can plan: a gap with its jitter, or a full window at the rate.
const longestWaitMs = ({ minIntervalMs, maxIntervalMs, windowMax, ratePerSecond }: RecoveryPolicy): number =>
  Math.max(1.2 * Math.max(minIntervalMs, maxIntervalMs), (windowMax / ratePerSecond) * 1000)

/**
 * How many deliveries may be handed over now; 0 means not yet. A time beyond the longest wait that can have been planned
 * is a clock that jumped back, and holds nothing.
 */
export const windowSize = (state: RecoveryState, now: number, recovery: RecoveryPolicy): number => {
  if (isAhead(state.nextAt, now, longestWaitMs(recovery))) return 0
  return state.phase === 'canary' ? 1 : Math.min(state.window, recovery.windowMax)
}

// +-20 %: systems that went down together must not all be tried at the same instant.
const jittered = (ms: number, random: number): number => ms * (0.8 + 0.4 * random)

const toCanary = (gapMs: number, now: number, random: number): RecoveryState => ({
  phase: 'canary',
  gapMs,
  nextAt: now + jittered(gapMs, random),
  since: now,
})

/**
 * A ramp that had nothing to send for a while says nothing about today, nor does one that a clock from the future has planned:
 * the next backlog begins with a canary.
 */
export const afterIdle = (state: RecoveryState, now: number, recovery: RecoveryPolicy): RecoveryState => {
  const isIdle = passedMs(state.nextAt, now) > recovery.maxIntervalMs
  const isBelieved = unlessBeyond(state.nextAt, now, longestWaitMs(recovery)) !== undefined
  return state.phase === 'ramp' && (isIdle || !isBelieved) ? initialRecovery(now) : state
}

/**
 * A fresh delivery is as good as a canary's success: it opens the ramp at 1. One in the future would be fresh for as long as
 * the clock had jumped, and every canary that fails would open the ramp.
 */
export const openedByDelivery = (
  state: RecoveryState,
  lastDeliveredAt: number | undefined,
  now: number,
): RecoveryState =>
  state.phase === 'canary' &&
  lastDeliveredAt !== undefined &&
  hasHappened(lastDeliveredAt, now) &&
  lastDeliveredAt > state.since
    ? { phase: 'ramp', window: 1, nextAt: now, since: now }
    : state

/**
 * Decides the next window from how the last one ended (`random` in 0..1). A canary's success opens 1, 2, 4, 8 ... up to
 * `windowMax`, at no more than `ratePerSecond`; a window of which more than half failed for passing causes goes back to
 * the canary, whose gap doubles from `minIntervalMs` to `maxIntervalMs`.
 */
export const nextWindow = (
  state: RecoveryState,
  result: WindowResult,
  now: number,
  random: number,
  recovery: RecoveryPolicy,
): RecoveryState => {
  const sent = result.succeeded + result.failed
  // Nothing was learned (all busy or held): look again after the shortest gap.
  if (sent === 0) return { ...state, nextAt: now + jittered(recovery.minIntervalMs, random) }
  const failing = result.failed * 2 > sent
  if (state.phase === 'canary') {
    if (!failing) return { phase: 'ramp', window: 1, nextAt: now, since: now }
    const gapMs = Math.min(recovery.maxIntervalMs, Math.max(recovery.minIntervalMs, state.gapMs * 2))
    return toCanary(gapMs, now, random)
  }
  if (failing) return toCanary(recovery.minIntervalMs, now, random)
  return {
    phase: 'ramp',
    window: Math.min(recovery.windowMax, state.window * 2),
    nextAt: now + Math.max(0, (sent / recovery.ratePerSecond) * 1000 - (result.tookMs ?? 0)),
    since: state.since,
  }
}
