// The only file that knows OpenTelemetry. It is imported dynamically, where an endpoint is configured.
import { defined, Traceparent } from '@mensageria/contracts'
import {
  diag,
  DiagLogLevel,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type SpanContext,
} from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import type { Logger } from '../logging/logger.ts'
import { withTimeout } from '../base/with-timeout.ts'
import type { Span, SpanAttributes, SpanOptions, Tracer } from './tracer.ts'

export type OpenTelemetryOptions = {
  endpoint: string
  service: string
  projectId?: string
  /** Gives the headers of each export. */
  headers?: () => Promise<Record<string, string>>
  logger: Pick<Logger, 'warn'>
}

// Of the 9 s that a process has to close, its server may take 6.
const FLUSH_MS = 2_000
// Shorter than the 5 s of the library: an instance that has CPU only during requests should have little left over.
const EXPORT_EVERY_MS = 1_000

const KINDS = {
  server: SpanKind.SERVER,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
  client: SpanKind.CLIENT,
} as const

const toSpanContext = (traceparent: string | undefined): SpanContext | undefined => {
  if (!Traceparent.safeParse(traceparent).success) return undefined
  const [, traceId = '', spanId = '', flags = ''] = String(traceparent).split('-')
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true }
}

const toTraceparent = ({ traceId, spanId, traceFlags }: SpanContext): string =>
  `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`

const known = (attributes: SpanAttributes = {}): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )

const ignore = () => undefined

/** A tracer that exports over OTLP. An export that fails is a line in the log, and never more than that. */
export const createOpenTelemetryTracer = (options: OpenTelemetryOptions): Tracer => {
  const { endpoint, service, projectId, headers, logger } = options
  const warn = (message: string) => logger.warn({ detail: message }, 'traces.not-exported')
  diag.setLogger(
    { error: warn, warn, info: ignore, debug: ignore, verbose: ignore },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  )
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
    ...defined({ headers }),
  })
  const provider = new TracerProvider({
    resource: resourceFromAttributes(known({ 'service.name': service, 'gcp.project_id': projectId })),
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: EXPORT_EVERY_MS })],
  })
  const tracer = provider.getTracer('mensageria')

  const start = ({ name, kind, parent, link, attributes }: SpanOptions): Span => {
    const parentContext = toSpanContext(parent)
    const linked = toSpanContext(link)
    const span = tracer.startSpan(
      name,
      {
        kind: KINDS[kind],
        attributes: known(attributes),
        ...defined({ links: linked && [{ context: linked }] }),
      },
      parentContext ? trace.setSpanContext(ROOT_CONTEXT, parentContext) : ROOT_CONTEXT,
    )
    return {
      traceparent: toTraceparent(span.spanContext()),
      set: (more) => void span.setAttributes(known(more)),
      fail: (message) => void span.setStatus({ code: SpanStatusCode.ERROR, message }),
      end: () => span.end(),
    }
  }

  return {
    enabled: true,
    start,
    close: async () => {
      await withTimeout(provider.shutdown(), FLUSH_MS).catch((err: unknown) =>
        logger.warn({ err }, 'traces.not-exported'),
      )
    },
  }
}
