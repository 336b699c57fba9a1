import { conceal, type ExternalCall } from '@mensageria/core'
import { toError } from '../base/is-error.ts'
import { createCallSignal } from '../http-client/call-signal.ts'
import type { Logger } from '../logging/logger.ts'

/** An integration or destination that can be called. */
export type BoundIntegration = { name: string; call: ExternalCall; close(): Promise<void> }

/** What a call must not tell anybody, and who is told of its defects. */
export type ObservedCall = { secrets: readonly string[]; logger?: Pick<Logger, 'error'> }

/**
 * Bounds a call: its signal also ends it after the time of one whole delivery, secrets that the other side repeats are hidden in
 * its outcome, and a defect is logged with its stack before it goes on to the core.
 */
export const guardCall =
  (integration: string, { secrets, logger }: ObservedCall, call: ExternalCall): ExternalCall =>
  async (event, { signal: outer, ...context }) => {
    const { signal, release } = createCallSignal(outer)
    try {
      return conceal(await call(event, { ...context, signal }), secrets)
    } catch (error) {
      // The core retries a defect but keeps no stack of it: this is the only place that has one.
      const err = toError(error)
      logger?.error({ err, integration, eventId: event.id }, 'integration.defect')
      throw err
    } finally {
      release()
    }
  }
