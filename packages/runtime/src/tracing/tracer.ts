/** Values that say something about a span; never personal data. What is undefined is left out. */
export type SpanAttributes = Readonly<Record<string, string | number | undefined>>

/**
 * What a span begins with. `parent` continues a trace, `link` points at one and begins a new one; both are W3C trace
 * contexts, and one that is not valid counts as none.
 */
export type SpanOptions = {
  name: string
  kind: 'server' | 'producer' | 'consumer' | 'client'
  parent?: string | undefined
  link?: string | undefined
  attributes?: SpanAttributes
}

/** One piece of work in a trace. Only what has ended is exported. */
export type Span = {
  /** The span as a W3C trace context, for the process that continues the trace; undefined while tracing is off. */
  traceparent: string | undefined
  set(attributes: SpanAttributes): void
  fail(cause: string): void
  end(): void
}

/** Makes spans. `enabled` is false for the one that makes none, so that nobody does work for it. */
export type Tracer = {
  enabled: boolean
  start(options: SpanOptions): Span
  /** Exports what has ended, within 2 s; never throws. */
  close(): Promise<void>
}

const noSpan: Span = {
  traceparent: undefined,
  set: () => undefined,
  fail: () => undefined,
  end: () => undefined,
}

/** The tracer of a process that traces nothing. */
export const noTracer: Tracer = { enabled: false, start: () => noSpan, close: async () => undefined }
