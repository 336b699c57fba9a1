import type { DistributionCenterEvent } from '@mensageria/contracts'
import type { AttemptReport, Deliver, DeliverResult, DeliveryTrigger } from '@mensageria/core'
import type { Span, Tracer } from './tracer.ts'

/** `Deliver`, told how often the broker has brought the message: the first time is 1. */
export type TracedDeliver = (
  event: DistributionCenterEvent,
  trigger: DeliveryTrigger,
  signal: AbortSignal,
  deliveryAttempt?: number,
) => Promise<DeliverResult>

/** Spans of the deliveries to one integration. */
export type DeliverySpans = {
  /** Is told of each attempt; for `composeDeliverer`. */
  onAttempt(report: AttemptReport): void
  /** Wraps what `composeDeliverer` has composed: a span around each delivery. */
  trace(deliver: Deliver): TracedDeliver
}

const NO_SPANS: DeliverySpans = { onAttempt: () => undefined, trace: (deliver) => deliver }

/**
 * Makes a span of each delivery, from which its calls and its log line go on. The first delivery of a message continues the
 * trace of the event; every later one begins its own and links to it, for a trace that goes on for days shows nobody
 * anything.
 */
export const createDeliverySpans = (integration: string, tracer: Tracer): DeliverySpans => {
  if (!tracer.enabled) return NO_SPANS
  // Every delivery has an event object of its own, and its report names it.
  const spans = new WeakMap<DistributionCenterEvent, Span>()
  const start = (event: DistributionCenterEvent, trigger: DeliveryTrigger, isFirst: boolean): Span =>
    tracer.start({
      name: `delivery ${integration}`,
      kind: 'consumer',
      ...(isFirst ? { parent: event.traceparent } : { link: event.traceparent }),
      attributes: {
        'mensageria.integration': integration,
        'mensageria.center_id': event.subject,
        'mensageria.version': event.sequence,
        'mensageria.trigger': trigger.kind,
      },
    })
  return {
    onAttempt: ({ event, row, outcome }) => {
      const cause = outcome.kind === 'delivered' ? undefined : outcome.cause
      spans.get(event)?.set({ 'mensageria.attempt': row.attempts, 'mensageria.cause': cause })
    },
    trace:
      (deliver) =>
      async (event, trigger, signal, deliveryAttempt = 1) => {
        const span = start(event, trigger, trigger.kind === 'push' && deliveryAttempt === 1)
        const { traceparent = event.traceparent } = span
        const traced = { ...event, traceparent }
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
      },
  }
}
