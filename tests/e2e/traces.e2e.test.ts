import { DistributionCenter } from '@mensageria/contracts'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { useEmulators } from '@mensageria/testkit/emulators'
import { needs } from '@mensageria/testkit/needs'
import { startReadyProcess } from '@mensageria/testkit/ready-process'
import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import type { ReceivedSpan } from '../support/otlp-decode.ts'
import { startOtlpReceiver, type OtlpReceiver } from '../support/otlp-receiver.ts'
import { openTestSystem, SYSTEMS, type TestSystem } from '../support/system.ts'
import { untilDelivered, untilState } from '../support/until.ts'

const CALLER = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' }
const TRACEPARENT = `00-${CALLER.traceId}-${CALLER.spanId}-01`

let receiver: OtlpReceiver
let system: TestSystem
beforeEach(async () => {
  receiver = await startOtlpReceiver()
  system = await openTestSystem()
})
afterEach(async () => {
  await system.close()
  await receiver.close()
})

const registered = async (url: string, n: number): Promise<string> => {
  const answer = await system.client.post(url, sampleRegistration(n), { traceparent: TRACEPARENT })
  return DistributionCenter.parse(await answer.json()).id
}
const named = (name: string): ReceivedSpan[] => receiver.spans.filter((span) => span.name === name)
const only = (name: string): ReceivedSpan => {
  const [span, ...more] = named(name)
  if (!span || more.length > 0) throw new Error(`${named(name).length} spans are called ${name}`)
  return span
}
const tracing = () => ({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint })

test('one registration is one trace: request, publication, deliveries, and calls that carry it on', async () => {
  const standalone = await system.start(tracing())
  const id = await registered(standalone.url, 1)
  await untilDelivered(standalone.url, [id])
  // The last spans leave with the process.
  expect(await standalone.stop('SIGTERM')).toBe(0)

  const request = only('POST /v1/distribution-centers')
  expect(request).toMatchObject({
    service: 'standalone',
    kind: 'server',
    traceId: CALLER.traceId,
    parentId: CALLER.spanId,
    attributes: { 'http.response.status_code': 201 },
  })
  const publication = only('publish distribution-center-events')
  expect(publication).toMatchObject({ kind: 'producer', traceId: CALLER.traceId, parentId: request.spanId })
  for (const integration of SYSTEMS) {
    const delivery = only(`delivery ${integration}`)
    expect(delivery).toMatchObject({
      kind: 'consumer',
      traceId: CALLER.traceId,
      parentId: publication.spanId,
      links: [],
      failure: undefined,
      attributes: {
        'mensageria.integration': integration,
        'mensageria.center_id': id,
        'mensageria.version': 1,
        'mensageria.attempt': 1,
        'mensageria.outcome': 'delivered',
      },
    })
    const call = only(`${integration === 'senninha' ? 'POST' : 'PUT'} ${integration}`)
    expect(call).toMatchObject({ kind: 'client', traceId: CALLER.traceId, parentId: delivery.spanId })
    const effect = system.simulator
      .effects(integration)
      .find(({ idempotencyKey }) => idempotencyKey?.startsWith(id))
    expect(effect?.traceparent).toBe(`00-${CALLER.traceId}-${call.spanId}-01`)
    // Cloud Logging shows the line beside its span.
    const line = standalone.lines.find(
      (text) => text.includes('delivery.attempted') && text.includes(`"${integration}"`),
    )
    expect(JSON.parse(line ?? '{}')).toMatchObject({
      'logging.googleapis.com/trace': CALLER.traceId,
      'logging.googleapis.com/spanId': delivery.spanId,
    })
  }
  const { taxId, name, address } = sampleRegistration(1)
  for (const secret of [taxId, name, address.street]) expect(receiver.text()).not.toContain(secret)
})

test('a redelivery and a hand-over begin a trace of their own, with a link to the first', async () => {
  system.simulator.setDials('dmitri', { mode: 'down' })
  const standalone = await system.start(tracing())
  const id = await registered(standalone.url, 2)
  await untilState(standalone.url, id, 'dmitri', 'parked')
  system.simulator.setDials('dmitri', { mode: 'up' })
  await untilDelivered(standalone.url, [id])
  await standalone.stop('SIGTERM')

  const deliveries = named('delivery dmitri')
  const publication = only('publish distribution-center-events')
  const [first, ...later] = deliveries
  expect(first).toMatchObject({
    traceId: CALLER.traceId,
    links: [],
    failure: 'transient',
    attributes: {
      'mensageria.trigger': 'push',
      'mensageria.outcome': 'transient',
      'mensageria.cause': 'http-503',
    },
  })
  const link = { traceId: CALLER.traceId, spanId: publication.spanId }
  for (const span of later) {
    expect(span.links).toEqual([link])
    expect(span).toMatchObject({ parentId: '' })
    expect(span.traceId).not.toBe(CALLER.traceId)
  }
  expect(new Set(later.map(({ attributes }) => attributes['mensageria.trigger']))).toEqual(
    new Set(['push', 'recovery']),
  )
  const last = later.find(({ attributes }) => attributes['mensageria.outcome'] === 'delivered')
  expect(last?.attributes['mensageria.trigger']).toBe('recovery')
  const [effect] = system.simulator.effects('dmitri')
  expect(effect?.traceparent?.split('-')[1]).toBe(last?.traceId)
})

test('a collector that hangs delays nothing but the end of the process, and that by two seconds at most', async () => {
  const stuck = await startOtlpReceiver({ hangs: true })
  try {
    const standalone = await system.start({ OTEL_EXPORTER_OTLP_ENDPOINT: stuck.endpoint })
    const id = await registered(standalone.url, 3)
    await untilDelivered(standalone.url, [id])
    const begun = performance.now()
    expect(await standalone.stop('SIGTERM')).toBe(0)
    expect(performance.now() - begun).toBeLessThan(5_000)
    expect(standalone.lines.join('\n')).toContain('traces.not-exported')
  } finally {
    await stuck.close()
  }
})

// Every cold start would pay for what it loads.
const REPORT = `--import=${pathToFileURL(join(import.meta.dirname, '../support/report-loaded.entry.ts')).href}`
const loadedBy = (lines: readonly string[]) => lines.filter((line) => line.startsWith('loaded '))

test('a process without the variable loads nothing of OpenTelemetry', async () => {
  const silent = await system.start({ NODE_OPTIONS: REPORT })
  const id = await registered(silent.url, 4)
  await untilDelivered(silent.url, [id])
  expect(system.simulator.effects('maas')[0]?.traceparent).toBe(TRACEPARENT)
  await silent.stop('SIGTERM')
  expect(loadedBy(silent.lines)).toEqual([])

  const traced = await system.start({ ...tracing(), NODE_OPTIONS: REPORT })
  await traced.stop('SIGTERM')
  expect(loadedBy(traced.lines).join('\n')).toContain('@opentelemetry/sdk-trace')
})

needs('emulators').test(
  'a push subscriber without the variable loads only what the client of Google asks for',
  async () => {
    const { firestore } = await useEmulators()
    const maas = await startReadyProcess('exec node services/maas/src/main.ts', {
      NODE_OPTIONS: REPORT,
      PORT: '0',
      GOOGLE_CLOUD_PROJECT: 'traces',
      FIRESTORE_EMULATOR_HOST: firestore,
      METADATA_SERVER_DETECTION: 'none',
      MAAS_URL: system.simulator.urlOf('maas'),
      MAAS_TOKEN: system.simulator.tokenOf('maas'),
    })
    await maas.stop('SIGTERM')
    const foreign = /for \S*\/(@google-cloud|google-gax|@opentelemetry)\//
    expect(loadedBy(maas.lines).filter((line) => !foreign.test(line))).toEqual([])
    expect(maas.lines.join('\n')).not.toMatch(/@opentelemetry\/(sdk|exporter)/)
  },
)

test('an endpoint that is no URL stops the start and is named', async () => {
  await expect(system.start({ OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost' })).rejects.toThrow(
    /OTEL_EXPORTER_OTLP_ENDPOINT/,
  )
})
