import { triggerName, type AttemptReport } from '@mensageria/core'
import type { Logger } from './logger.ts'

type Level = 'info' | 'warn' | 'error'

// Configuration and defects do not pass by themselves: they must alert a person at once.
const levelOf = (outcome: AttemptReport['outcome']): Level => {
  switch (outcome.kind) {
    case 'delivered':
      return 'info'
    case 'misconfigured':
      return 'error'
    case 'transient':
    case 'rejected':
      return 'warn'
    case 'unknown':
      return outcome.cause === 'defect' ? 'error' : 'warn'
    default:
      return outcome satisfies never
  }
}

/** Writes the one line that each attempt gets. Ids, states and causes only: messages and bodies may hold data. */
export const logAttempt = (
  logger: Logger,
  { event, row, outcome, trigger, settled }: AttemptReport,
): void => {
  const failure = outcome.kind === 'delivered' ? undefined : outcome
  logger[levelOf(outcome)](
    {
      integration: row.integration,
      centerId: row.centerId,
      version: row.version,
      eventId: event.id,
      attempt: row.attempts,
      trigger: triggerName(trigger),
      outcome: outcome.kind,
      cause: failure?.cause,
      httpStatus: failure?.httpStatus,
      durationMs: row.history.at(-1)?.durationMs,
      state: row.state,
      settled,
      traceparent: event.traceparent,
    },
    'delivery.attempted',
  )
}
