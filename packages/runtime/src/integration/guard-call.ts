import {
  conceal,
  type CallContext,
  type ExternalCall,
  type FailedOutcome,
  type Outcome,
} from '@mensageria/core'
import type { DistributionCenterEvent } from '@mensageria/contracts'
import { toError } from '../base/is-error.ts'
import { createCallSignal } from '../http-client/call-signal.ts'
import type { Logger } from '../logging/logger.ts'

/** Asks without a delivery whether the other side is there and lets us in. Resolves with what is wrong, or undefined. */
export type CheckTarget = (signal: AbortSignal) => Promise<FailedOutcome | undefined>

/** An integration or destination that can be called. */
export type BoundIntegration = {
  name: string
  call: ExternalCall
  /** Absent where nothing can be asked without a delivery. */
  check?: CheckTarget
  close(): Promise<void>
}

/** What a call must not tell anybody, and who is told of its defects. */
export type ObservedCall = { secrets: readonly string[]; logger?: Pick<Logger, 'error'> }

/** A call that says, with `hide`, which secrets of its own the other side might repeat: a token, a signature. */
export type HidingCall = (
  event: DistributionCenterEvent,
  context: CallContext,
  hide: (secret: string) => void,
) => Promise<Outcome>

/**
 * Bounds a call: its signal also ends it after the time of one whole delivery, secrets that the other side repeats are hidden in
 * its outcome, and a defect is logged with its stack before it goes on to the core.
 */
export const guardCall =
  (integration: string, { secrets, logger }: ObservedCall, call: HidingCall): ExternalCall =>
  async (event, { signal: outer, ...context }) => {
    const { signal, release } = createCallSignal(outer)
    const hidden = [...secrets]
    try {
      const outcome = await call(event, { ...context, signal }, (secret) => hidden.push(secret))
      return conceal(outcome, hidden)
    } catch (error) {
      // The core retries a defect but keeps no stack of it: this is the only place that has one.
      const err = toError(error)
      logger?.error({ err, integration, eventId: event.id }, 'integration.defect')
      throw err
    } finally {
      release()
    }
  }

/** Hides in what a check finds the secrets that the other side repeats. */
export const guardCheck =
  (secrets: readonly string[], check: CheckTarget): CheckTarget =>
  async (signal) => {
    const failure = await check(signal)
    const hidden = failure && conceal(failure, secrets)
    return hidden?.kind === 'delivered' ? undefined : hidden
  }
