import type { SpanAttributes, SpanOptions, Tracer } from '../tracing/tracer.ts'

/** A span as it ended. */
export type RecordedSpan = SpanOptions & { traceparent: string; attributes: SpanAttributes; failure?: string }

/** A tracer that keeps what has ended, in that order. */
export const createRecordingTracer = (): Tracer & { ended: RecordedSpan[] } => {
  const ended: RecordedSpan[] = []
  let started = 0
  return {
    enabled: true,
    ended,
    start: (options) => {
      started += 1
      const traceId = (options.parent ?? `00-${String(started).padStart(32, 'a')}`).split('-')[1]
      const traceparent = `00-${traceId}-${String(started).padStart(16, '0')}-01`
      const span: RecordedSpan = { attributes: {}, ...options, traceparent }
      return {
        traceparent,
        set: (more) => {
          span.attributes = { ...span.attributes, ...more }
        },
        fail: (cause) => {
          span.failure = cause
        },
        end: () => void ended.push(span),
      }
    },
    close: async () => undefined,
  }
}
