import type { DistributionCenterEvent } from '@mensageria/contracts'
import { LATEST_CALL_START_MS } from '../model/budget.ts'
import type { ExternalCall } from './call.ts'
import { conceal, personalTexts } from './conceal.ts'
import { createClaim, type Claim, type ClaimDeps } from './claim.ts'
import { failureRun, type DeliveryTrigger, type DeliveryRow } from '../model/delivery-row.ts'
import { idempotencyKeyOf } from './idempotency-key.ts'
import { knownIdOf } from './known-id.ts'
import { storedOutcome, type Outcome } from './outcome.ts'
import { longestGapMs } from '../model/due.ts'
import { createPacing, type Pacing } from '../pace/pacing.ts'
import { isSentAway } from '../pace/sent-away.ts'
import type { Ledger } from '../ports/index.ts'
import { createSettle } from './settle.ts'

/** `ack` answers the broker; `result` says why, for the sweeper and the log. */
export type DeliverResult = {
  ack: boolean
  result: Outcome['kind'] | 'superseded' | 'duplicate' | 'busy' | 'already-rejected' | 'held' | 'lease-lost'
  /** The system is called too often: its answer said so (`transient`), or its pace left no place for this one (`held`). */
  throttled?: true
}

/** One finished attempt, for the canonical log line. */
export type AttemptReport = {
  event: DistributionCenterEvent
  row: DeliveryRow
  outcome: Outcome
  trigger: DeliveryTrigger
  settled: boolean
}

export type DeliverDeps = ClaimDeps & {
  ledger: Ledger
  call: ExternalCall
  /** When calls may begin; one of its own unless given. */
  pacing?: Pacing
  /** Told of each attempt once it is settled, or its lease is lost. */
  onAttempt(report: AttemptReport): void
}

/**
 * Delivers one event to one integration: claim, call, settle. The message may be acknowledged only if `ack` is true: the
 * ledger then has this version delivered, or holds a newer one. Throws where the ledger cannot be reached (a nack).
 */
export const createDeliver = (deps: DeliverDeps) => {
  const { clock, settings, pacing = createPacing(settings, clock) } = deps
  const claim = createClaim(deps)
  const settle = createSettle(deps)

  const call = async (
    event: DistributionCenterEvent,
    claimed: Claim,
    signal: AbortSignal,
  ): Promise<Outcome> => {
    const { row, takenOver } = claimed
    const externalId = knownIdOf(row, settings.simulated)
    try {
      return await deps.call(event, {
        idempotencyKey: idempotencyKeyOf(row, event, deps.ids),
        attempt: row.attempts,
        firstAttemptAt: row.firstAttemptAt ?? clock.now(),
        ...(row.lastFailure
          ? { lastFailure: failureRun(row.lastFailure, clock.now(), longestGapMs(deps.settings)) }
          : {}),
        ...(externalId === undefined ? {} : { externalId }),
        mayHaveEffect: row.attempts > 1 || takenOver || row.version > 1,
        now: clock.now(),
        signal,
      })
    } catch (error) {
      // A defect of ours or of the integration: retried like every doubt, and loud in the log.
      return {
        kind: 'unknown',
        cause: 'defect',
        message: error instanceof Error ? error.message : 'Unknown error',
      }
    }
  }

  return async (
    event: DistributionCenterEvent,
    trigger: DeliveryTrigger,
    signal: AbortSignal,
  ): Promise<DeliverResult> => {
    // Before the claim: a lease must not run while nothing is done.
    const place = pacing.take(signal, trigger.kind === 'push')
    if (place !== true && !(await place)) return { ack: false, result: 'held', throttled: true }
    const startedAt = clock.monotonic()
    const claimed = await claim(event, trigger)
    if (claimed.decision !== 'claimed') {
      pacing.giveBack()
      return {
        ack: claimed.decision === 'superseded' || claimed.decision === 'duplicate',
        result: claimed.decision,
      }
    }
    // A process that was frozen since its claim must not call: the lease could end before the call does. The claim stays
    // counted as an attempt, although no call was made: giving it back would be a write on a lease that may be another's
    // by now, and all that the count costs is a look-up before the next call.
    const calledAt = clock.monotonic()
    if (calledAt - startedAt > LATEST_CALL_START_MS) return { ack: false, result: 'lease-lost' }
    const answered = await call(event, claimed.claim, signal)
    const outcome = storedOutcome(conceal(answered, personalTexts(event.data)))
    pacing.learn(outcome, calledAt)
    const { row, ack, settled } = await settle(claimed.claim, outcome, trigger, clock.monotonic() - calledAt)
    try {
      deps.onAttempt({ event, row, outcome, trigger, settled })
    } catch {
      // What is settled is settled: a report that fails must not make the broker bring the message again.
    }
    if (!settled) return { ack: false, result: 'lease-lost' }
    return { ack, result: outcome.kind, ...(isSentAway(outcome) ? { throttled: true } : {}) }
  }
}

export type Deliver = ReturnType<typeof createDeliver>
