import { defined, type DistributionCenterEvent } from '@mensageria/contracts'
import type { HttpResult } from '@mensageria/core'
import type { HttpClient } from '../http-client/http-client.ts'
import type { Tracer } from './tracer.ts'

const causeOf = (answer: HttpResult): string | undefined => {
  if (answer.type === 'failure') return answer.cause
  return answer.status >= 400 ? `http-${answer.status}` : undefined
}

/**
 * A client whose requests are spans of the delivery that makes them, and which sends the trace on: its own span, or that of
 * the event where tracing is off.
 */
export const traceHttp = (
  client: Pick<HttpClient, 'request'>,
  { tracer, integration, attempt }: { tracer: Tracer; integration: string; attempt: number },
  event: DistributionCenterEvent,
): Pick<HttpClient, 'request'> => ({
  request: async (method, path, options) => {
    const span = tracer.start({
      name: `${method} ${integration}`,
      kind: 'client',
      parent: event.traceparent,
      // No path: it may hold more than ids one day.
      attributes: {
        'http.request.method': method,
        'mensageria.integration': integration,
        'mensageria.center_id': event.subject,
        'mensageria.version': event.sequence,
        'mensageria.attempt': attempt,
      },
    })
    const traceparent = span.traceparent ?? event.traceparent
    try {
      const headers = { ...options.headers, ...defined({ traceparent }) }
      const answer = await client.request(method, path, { ...options, headers })
      if (answer.type === 'response') span.set({ 'http.response.status_code': answer.status })
      const cause = causeOf(answer)
      if (cause !== undefined) span.fail(cause)
      return answer
    } finally {
      span.end()
    }
  },
})
