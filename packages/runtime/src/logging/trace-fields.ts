import { Traceparent } from '@mensageria/contracts'

/**
 * The fields by which Cloud Logging joins a line to its trace. Nothing where the trace context is none: a broken header
 * of a caller must not cost the line.
 */
export const traceFields = (traceparent: unknown, projectId?: string): Record<string, string | boolean> => {
  if (!Traceparent.safeParse(traceparent).success) return {}
  const [, traceId = '', spanId = '', flags = ''] = String(traceparent).split('-')
  return {
    'logging.googleapis.com/trace':
      projectId === undefined ? traceId : `projects/${projectId}/traces/${traceId}`,
    'logging.googleapis.com/spanId': spanId,
    'logging.googleapis.com/trace_sampled': (Number.parseInt(flags, 16) & 1) === 1,
  }
}
