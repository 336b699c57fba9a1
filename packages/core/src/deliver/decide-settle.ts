import type { Attempt } from '@mensageria/contracts'
import { LEASE_MS } from '../model/budget.ts'
import {
  failureRun,
  triggerName,
  withDelivered,
  type DeliveryTrigger,
  type DeliveryRow,
} from '../model/delivery-row.ts'
import { doubtLeftMs } from './held-until.ts'
import { bySimulator, withoutSimulator } from '../model/simulated.ts'
import { longestGapMs } from '../model/due.ts'
import type { FailedOutcome, Outcome } from './outcome.ts'
import { isSentAway } from '../pace/sent-away.ts'
import type { RecoveryPolicy, RetryPolicy } from '../model/settings.ts'

const HISTORY_MAX = 20
const THROTTLED_MS = 1_000

/**
 * Wall clock in epoch milliseconds, the policies that time the next step, and whether a simulator was called. `tookMs` is how
 * long the call took by a clock that does not jump.
 */
export type SettleContext = {
  now: number
  tookMs: number
  retry: RetryPolicy
  recovery: RecoveryPolicy
  simulated?: boolean | undefined
}

/** The row after the call, and whether the message that brought it is done. */
export type SettleDecision = { row: DeliveryRow; ack: boolean }

const toAttempt = (
  row: DeliveryRow,
  outcome: Outcome,
  trigger: DeliveryTrigger,
  { now, tookMs, simulated }: SettleContext,
): Attempt => {
  return {
    at: new Date(row.lastAttemptAt ?? now).toISOString(),
    version: row.version,
    trigger: triggerName(trigger),
    durationMs: Math.round(tookMs),
    result: outcome.kind,
    ...(outcome.kind === 'delivered' ? {} : { cause: outcome.cause }),
    ...(outcome.kind === 'delivered' || outcome.httpStatus === undefined
      ? {}
      : { httpStatus: outcome.httpStatus }),
    ...(simulated ? { simulated } : {}),
  }
}

/** A row's own delay after failures of the sweeper: doubling, so that one poisoned row cannot hold back the others. */
export const recoveryDelayMs = (recovery: RecoveryPolicy, failures: number): number =>
  Math.min(recovery.maxIntervalMs, recovery.minIntervalMs * 2 ** Math.min(Math.max(0, failures - 1), 30))

const failedRow = (
  row: DeliveryRow,
  outcome: FailedOutcome,
  trigger: DeliveryTrigger,
  context: SettleContext,
): DeliveryRow => {
  const { now, tookMs, retry, recovery } = context
  const { kind, cause, httpStatus, message } = outcome
  const waitMs = outcome.kind === 'transient' ? Math.min(outcome.retryAfterMs ?? 0, retry.maxBackoffMs) : 0
  const notBefore = waitMs > 0 ? now + waitMs : undefined
  const before = row.lastFailure && failureRun(row.lastFailure, now, longestGapMs(context))
  const run = before?.cause === cause ? before : { since: now, times: 0, lastedMs: 0 }
  const failed = {
    ...row,
    notBefore,
    lastFailure: {
      kind,
      cause,
      httpStatus,
      message,
      at: now,
      since: run.since,
      times: run.times + 1,
      lastedMs: run.lastedMs,
    },
    // The call may still land downstream although nobody waits for it any more: until a lease after it began.
    ...(kind === 'unknown' ? { inDoubtMs: LEASE_MS - tookMs } : {}),
  }
  if (kind === 'rejected') {
    const { dueAt: _, ...closed } = { dueAt: 0, ...failed }
    return { ...closed, state: 'rejected' }
  }
  if (trigger.kind === 'push') {
    // Also where it was parked before: the broker has shown that it still brings it.
    return {
      ...failed,
      parkedAt: undefined,
      state: 'retrying',
      dueAt: now + 2 * retry.maxBackoffMs + LEASE_MS,
    }
  }
  const recoveryFailures = row.recoveryFailures + 1
  // The pace of the system spares it: a row that came too often need not wait as one that failed.
  const delays = isSentAway(outcome) ? { ...recovery, minIntervalMs: THROTTLED_MS } : recovery
  const dueAt = Math.max(now + recoveryDelayMs(delays, recoveryFailures), notBefore ?? 0)
  return { ...failed, state: 'parked', parkedAt: row.parkedAt ?? now, recoveryFailures, dueAt }
}

const settledRow = (
  row: DeliveryRow,
  outcome: Outcome,
  trigger: DeliveryTrigger,
  context: SettleContext,
): SettleDecision => {
  // What was in doubt when the row was claimed is so for the rest of that time.
  const inDoubtMs = doubtLeftMs({ row: { ...row, state: 'rejected' }, ageMs: context.tookMs })
  const history = [...row.history, toAttempt(row, outcome, trigger, context)].slice(-HISTORY_MAX)
  if (outcome.kind !== 'delivered') {
    return { row: failedRow({ ...row, inDoubtMs, history }, outcome, trigger, context), ack: false }
  }
  const { dueAt: _, ...closed } = { dueAt: 0, ...row, inDoubtMs, history }
  return {
    ack: true,
    row: {
      ...closed,
      ...withDelivered(row.tally, trigger.kind, row.deliveredVersion < row.version ? 1 : 0),
      state: 'delivered',
      deliveredVersion: Math.max(row.deliveredVersion, row.version),
      parkedAt: undefined,
      notBefore: undefined,
      recoveryFailures: 0,
      lastFailure: undefined,
      externalId: outcome.externalId ?? row.externalId,
    },
  }
}

/**
 * Decides what the row becomes after the call that its lease allowed, and whether to acknowledge: only a success is.
 * `retrying` is the broker's to bring again; what the sweeper handed over stays its own (`parked`). What a simulator took is
 * marked; the answer of a real system takes the mark away, and what only the simulator had.
 */
export const decideSettle = (
  row: DeliveryRow,
  outcome: Outcome,
  trigger: DeliveryTrigger,
  context: SettleContext,
): SettleDecision => {
  if (!context.simulated) return settledRow(withoutSimulator(row), outcome, trigger, context)
  const { row: after, ack } = settledRow(row, outcome, trigger, context)
  return { row: bySimulator(row, after), ack }
}
