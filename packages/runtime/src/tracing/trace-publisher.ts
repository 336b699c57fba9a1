import { TOPIC, type DistributionCenterEvent } from '@mensageria/contracts'
import type { CenterStore, CenterWrite, CommitResult, Publisher } from '@mensageria/core'
import type { Span, Tracer } from './tracer.ts'

const startPublish = (tracer: Tracer, event: DistributionCenterEvent): Span =>
  tracer.start({
    name: `publish ${TOPIC}`,
    kind: 'producer',
    parent: event.traceparent,
    attributes: { 'mensageria.center_id': event.subject, 'mensageria.version': event.sequence },
  })

const inSpan = (span: Span, event: DistributionCenterEvent): DistributionCenterEvent =>
  span.traceparent === undefined ? event : { ...event, traceparent: span.traceparent }

/** A publisher with a span of each publication, which the message carries on. */
export const tracePublisher = (publisher: Publisher, tracer: Tracer): Publisher =>
  tracer.enabled
    ? {
        publish: async (event) => {
          const span = startPublish(tracer, event)
          try {
            await publisher.publish(inSpan(span, event))
          } catch (error) {
            span.fail('not-published')
            throw error
          } finally {
            span.end()
          }
        },
      }
    : publisher

/** The same for a store whose commit is the publication. A commit that published nothing leaves no span. */
export const tracePublishingStore = (centers: CenterStore, tracer: Tracer): CenterStore => {
  if (!tracer.enabled) return centers
  const traced = async <Write extends CenterWrite>(
    commit: (write: Write) => Promise<CommitResult>,
    write: Write,
  ): Promise<CommitResult> => {
    const span = startPublish(tracer, write.event)
    const event = inSpan(span, write.event)
    const result = await commit({
      ...write,
      event,
      stored: { ...write.stored, traceparent: event.traceparent },
    })
    if (result.committed && result.published) span.end()
    return result
  }
  return {
    ...centers,
    create: (write) => traced((traceable) => centers.create(traceable), write),
    update: (write) => traced((traceable) => centers.update(traceable), write),
  }
}
