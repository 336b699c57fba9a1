import { IntegrationPolicy } from '@mensageria/contracts'
import { toSettings, type CenterWrite, type Outcome, type Publisher } from '@mensageria/core'
import { openEmbedded } from '@mensageria/embedded'
import { buildHttpApp } from '../http/http-app.ts'
import { buildIntegration } from '../integration/build-integration.ts'
import { createLogger } from '../logging/logger.ts'
import { createLocalVerifier } from '../push/push-verifier.ts'
import { createSystemClock } from '../base/system-clock.ts'
import { createSystemIds } from '../base/system-ids.ts'
import { envelopeOf, sampleEvent, sampleMessage, TRACE_ID } from '../testing/push-samples.ts'
import { createRecordingTracer } from '../testing/recording-tracer.ts'
import { openTracer } from './open-tracer.ts'
import { tracePublisher, tracePublishingStore } from './trace-publisher.ts'
import { noTracer } from './tracer.ts'

const logger = createLogger({ level: 'silent', service: 'test' })
const settings = toSettings('dmitri', IntegrationPolicy.parse({}), { minIntervalMs: 1, maxIntervalMs: 1 })
const clock = createSystemClock()
const ids = createSystemIds()

const openIntegration = async (outcome: Outcome) => {
  const tracer = createRecordingTracer()
  const engine = openEmbedded({ dataDir: ':memory:', subscriptions: [], onError: () => undefined })
  const called: (string | undefined)[] = []
  const app = await buildIntegration({
    settings,
    integration: {
      call: async (event) => {
        called.push(event.traceparent)
        return outcome
      },
    },
    engine,
    verify: createLocalVerifier(),
    clock,
    ids,
    logger,
    tracer,
  })
  return {
    called,
    ended: tracer.ended,
    closeLedger: () => engine.close(),
    push: async (change: Record<string, unknown>, attributes: Record<string, string> = {}) => {
      const message = { attributes: { ...sampleMessage.attributes, ...attributes } }
      const payload = { ...envelopeOf(message), ...change }
      return (await app.inject({ method: 'POST', url: '/push', payload })).statusCode
    },
  }
}

describe('a delivery over HTTP', () => {
  test('continues the trace of the message the first time, and only links to it when it comes again', async () => {
    const { push, ended, called } = await openIntegration({
      kind: 'transient',
      cause: 'http-503',
      message: 'Answered 503',
    })
    expect(await push({ deliveryAttempt: 1 })).toBe(503)
    expect(await push({ deliveryAttempt: 2 })).toBe(503)
    expect(await push({ deliveryAttempt: 1 }, { handover: 'heal' })).toBe(503)
    const { traceparent } = sampleEvent
    expect(ended.map(({ parent, link }) => ({ parent, link }))).toEqual([
      { parent: traceparent },
      { link: traceparent },
      { link: traceparent },
    ])
    // What is called goes on from the delivery's span.
    expect(called).toEqual(ended.map((span) => span.traceparent))
    expect(ended[0]).toMatchObject({
      name: 'delivery dmitri',
      kind: 'consumer',
      failure: 'transient',
      attributes: {
        'mensageria.attempt': 1,
        'mensageria.cause': 'http-503',
        'mensageria.outcome': 'transient',
      },
    })
    expect(ended[2]?.attributes).toMatchObject({ 'mensageria.trigger': 'reconcile', 'mensageria.attempt': 3 })
  })

  test('ends its span also where the ledger cannot be reached', async () => {
    const { push, ended, closeLedger } = await openIntegration({ kind: 'delivered' })
    closeLedger()
    expect(await push({})).toBe(503)
    expect(ended).toMatchObject([{ failure: 'ledger-unreachable' }])
  })
})

describe('a publication', () => {
  test('has a span, which the message carries on', async () => {
    const tracer = createRecordingTracer()
    const published: (string | undefined)[] = []
    const publisher: Publisher = { publish: async ({ traceparent }) => void published.push(traceparent) }
    await tracePublisher(publisher, tracer).publish(sampleEvent)
    expect(tracer.ended).toMatchObject([{ kind: 'producer', parent: sampleEvent.traceparent }])
    expect(published).toEqual([tracer.ended[0]?.traceparent])
    expect(tracePublisher(publisher, noTracer)).toBe(publisher)
  })

  test('that fails says so in its span, and fails all the same', async () => {
    const tracer = createRecordingTracer()
    const failing = tracePublisher({ publish: () => Promise.reject(new Error('Away')) }, tracer)
    await expect(failing.publish(sampleEvent)).rejects.toThrow('Away')
    expect(tracer.ended).toMatchObject([{ failure: 'not-published' }])
  })

  test('by a commit leaves a span only where it was made', async () => {
    const tracer = createRecordingTracer()
    const engine = openEmbedded({ dataDir: ':memory:', subscriptions: [], onError: () => undefined })
    const centers = tracePublishingStore(engine.centers, tracer)
    const { data, traceparent } = sampleEvent
    const write: CenterWrite = {
      stored: { center: data, requestId: 'r', traceparent, actor: 'local' },
      event: sampleEvent,
    }
    expect(await centers.create(write)).toEqual({ committed: true, published: true })
    expect(await centers.create({ ...write, stored: { ...write.stored, requestId: 's' } })).toEqual({
      committed: false,
    })
    expect(tracer.ended).toHaveLength(1)
    // A hand-over of later goes on from there: what is stored is the message's own.
    expect((await centers.read(data.id))?.traceparent).toBe(tracer.ended[0]?.traceparent)
    engine.close()
  })
})

describe('a request', () => {
  const open = async () => {
    const tracer = createRecordingTracer()
    const seen: unknown[] = []
    const app = await buildHttpApp({
      logger,
      bodyLimitBytes: 1024,
      tracer,
      plugins: [
        (scope) => {
          scope.get('/v1/things/:id', (request, reply) => {
            seen.push(request.traceparent)
            return reply.send({})
          })
          scope.get('/v1/broken', () => {
            throw new Error('Broken')
          })
        },
      ],
    })
    return { app, seen, ended: tracer.ended }
  }

  test('of the API has a span, named by its route and not by what it asks for', async () => {
    const { app, seen, ended } = await open()
    const traceparent = `00-${TRACE_ID}-b7ad6b7169203331-01`
    await app.inject({ url: '/v1/things/11222333000181', headers: { traceparent } })
    expect(ended).toMatchObject([
      {
        name: 'GET /v1/things/:id',
        kind: 'server',
        parent: traceparent,
        attributes: { 'http.response.status_code': 200 },
      },
    ])
    expect(seen).toEqual([ended[0]?.traceparent])
    expect(JSON.stringify(ended)).not.toContain('11222333000181')
  })

  test('that fails says so, one with a broken trace begins its own, and a probe has none', async () => {
    const { app, ended } = await open()
    await app.inject({ url: '/v1/broken', headers: { traceparent: 'broken' } })
    await app.inject({ url: '/health/live' })
    expect(ended).toMatchObject([{ name: 'GET /v1/broken', parent: undefined, failure: 'http-500' }])
  })
})

test('without an endpoint there is no tracer', async () => {
  expect(await openTracer({}, { service: 'test', logger })).toBe(noTracer)
})
