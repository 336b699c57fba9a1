import {
  composeDeliverer,
  type AttemptReport,
  type Base,
  type Engine,
  type ExternalCall,
  type IntegrationSettings,
  type Pacing,
} from '@mensageria/core'
import type { AttemptCounter } from '../logging/attempt-counter.ts'
import { logAttempt } from '../logging/log-attempt.ts'
import type { Logger } from '../logging/logger.ts'
import { createDeliverySpans, type TracedDeliver } from '../tracing/trace-deliver.ts'
import type { Tracer } from '../tracing/tracer.ts'

export type DelivererOptions = Base & {
  settings: IntegrationSettings
  call: ExternalCall
  /** Shared with a broker that asks before it pushes. */
  pacing?: Pacing
  logger: Logger
  tracer: Tracer
  /** Counts every attempt; none is counted unless given. */
  attempts?: Pick<AttemptCounter, 'count'>
  /** Is told of each attempt besides the log. */
  onAttempt?: (report: AttemptReport) => void
}

/** The delivery to one integration as every process has it: one log line, one count and one span for each attempt. */
export const createDeliverer = (
  engine: Pick<Engine, 'ledger' | 'states'>,
  { logger, tracer, attempts, onAttempt, ...options }: DelivererOptions,
): TracedDeliver => {
  const spans = createDeliverySpans(options.settings.name, tracer)
  return spans.trace(
    composeDeliverer(engine, {
      ...options,
      onAttempt: (report) => {
        spans.onAttempt(report)
        logAttempt(logger, report)
        attempts?.count(report)
        onAttempt?.(report)
      },
    }),
  )
}
