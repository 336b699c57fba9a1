import type { DistributionCenterEvent } from '@mensageria/contracts'
import {
  createDeliver,
  type DeliveryTrigger,
  type Deliver,
  type DeliverDeps,
  type DeliverResult,
} from '@mensageria/core'
import type { Span, Tracer } from './tracer.ts'

/** `Deliver`, told how often the broker has brought the message: the first time is 1. */
export type TracedDeliver = (
  event: DistributionCenterEvent,
  trigger: DeliveryTrigger,
  signal: AbortSignal,
  deliveryAttempt?: number,
) => Promise<DeliverResult>

/**
 * The core's `createDeliver` with a span of each delivery, from which its calls and its log line go on. The first delivery
 * of a message continues the trace of the event; every later one begins its own and links to it, for a trace that goes on
 * for days shows nobody anything.
 */
export const createTracedDeliver = (deps: DeliverDeps, tracer: Tracer): TracedDeliver => {
  if (!tracer.enabled) return createDeliver(deps)
  // Every delivery has an event object of its own, and its report names it.
  const spans = new WeakMap<DistributionCenterEvent, Span>()
  const deliver: Deliver = createDeliver({
    ...deps,
    onAttempt: (report) => {
      const { row, outcome } = report
      const cause = outcome.kind === 'delivered' ? undefined : outcome.cause
      spans.get(report.event)?.set({ 'mensageria.attempt': row.attempts, 'mensageria.cause': cause })
      deps.onAttempt?.(report)
    },
  })
  const { name } = deps.settings
  return async (event, trigger, signal, deliveryAttempt = 1) => {
    const isFirst = trigger.kind === 'push' && deliveryAttempt === 1
    const span = tracer.start({
      name: `delivery ${name}`,
      kind: 'consumer',
      ...(isFirst ? { parent: event.traceparent } : { link: event.traceparent }),
      attributes: {
        'mensageria.integration': name,
        'mensageria.center_id': event.subject,
        'mensageria.version': event.sequence,
        'mensageria.trigger': trigger.kind,
      },
    })
    const traced = { ...event, ...(span.traceparent === undefined ? {} : { traceparent: span.traceparent }) }
    spans.set(traced, span)
    try {
      const answer = await deliver(traced, trigger, signal)
      span.set({ 'mensageria.outcome': answer.result })
      if (!answer.ack) span.fail(answer.result)
      return answer
    } catch (error) {
      span.fail('ledger-unreachable')
      throw error
    } finally {
      span.end()
    }
  }
}
