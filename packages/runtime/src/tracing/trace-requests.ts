import { Traceparent } from '@mensageria/contracts'
import type { FastifyRequest } from 'fastify'
import type { App } from '../http/app.ts'
import type { Span, Tracer } from './tracer.ts'

// Only the API: a push has the span of its delivery, and probes tell nobody anything.
const isTraced = (url: string | undefined): url is string => url?.startsWith('/v1/') === true

const FAILED = 500

/** Gives each request of the API a span, in the trace of its caller; its log lines carry it. */
export const useRequestSpans = (app: App, tracer: Tracer): void => {
  app.decorateRequest('traceparent', undefined)
  if (!tracer.enabled) return
  const spans = new WeakMap<FastifyRequest, Span>()
  app.addHook('onRequest', (request, reply, done) => {
    const { url } = request.routeOptions
    if (!isTraced(url)) return done()
    const span = tracer.start({
      name: `${request.method} ${url}`,
      kind: 'server',
      parent: Traceparent.safeParse(request.headers['traceparent']).data,
      attributes: { 'http.request.method': request.method, 'http.route': url },
    })
    spans.set(request, span)
    request.traceparent = span.traceparent
    request.log = request.log.child({ traceparent: span.traceparent })
    reply.log = request.log
    return done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    const span = spans.get(request)
    span?.set({ 'http.response.status_code': reply.statusCode })
    if (reply.statusCode >= FAILED) span?.fail(`http-${reply.statusCode}`)
    span?.end()
    done()
  })
}
