// Reads as much of OTLP's protobuf as the tests ask for (opentelemetry/proto/trace/v1/trace.proto).

/** A span as a collector gets it; ids in hex, `service` from its resource. */
export type ReceivedSpan = {
  service: unknown
  name: string
  kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer' | 'unspecified'
  traceId: string
  spanId: string
  parentId: string
  links: { traceId: string; spanId: string }[]
  attributes: Record<string, string | number>
  failure: string | undefined
}

type Field = { bytes: Buffer; varint: number }
type Message = Map<number, Field[]>

const EMPTY = Buffer.alloc(0)
const KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'] as const

const readVarint = (bytes: Buffer, at: number): { value: number; next: number } => {
  let value = 0
  let scale = 1
  for (let next = at; ; next += 1) {
    const byte = bytes.readUInt8(next)
    value += (byte & 0x7f) * scale
    scale *= 128
    if (byte < 0x80) return { value, next: next + 1 }
  }
}

const parse = (bytes: Buffer): Message => {
  const fields: Message = new Map()
  let at = 0
  const take = (length: number): Buffer => {
    at += length
    return bytes.subarray(at - length, at)
  }
  const varint = (): number => {
    const { value, next } = readVarint(bytes, at)
    at = next
    return value
  }
  const wire: Readonly<Record<number, () => Field>> = {
    0: () => ({ bytes: EMPTY, varint: varint() }),
    1: () => ({ bytes: take(8), varint: 0 }),
    2: () => ({ bytes: take(varint()), varint: 0 }),
    5: () => ({ bytes: take(4), varint: 0 }),
  }
  while (at < bytes.length) {
    const tag = varint()
    const read = wire[tag % 8]
    if (!read) throw new Error(`No protobuf: wire type ${tag % 8}`)
    const number = Math.floor(tag / 8)
    fields.set(number, [...(fields.get(number) ?? []), read()])
  }
  return fields
}

const all = (message: Message, number: number): Message[] =>
  (message.get(number) ?? []).map(({ bytes }) => parse(bytes))
const bytesOf = (message: Message, number: number): Buffer => message.get(number)?.[0]?.bytes ?? EMPTY
const numberOf = (message: Message, number: number): number => message.get(number)?.[0]?.varint ?? 0
const hexOf = (message: Message, number: number): string => bytesOf(message, number).toString('hex')

const attributesOf = (message: Message, number: number): Record<string, string | number> =>
  Object.fromEntries(
    all(message, number).map((pair) => {
      const value = parse(bytesOf(pair, 2))
      return [
        bytesOf(pair, 1).toString(),
        value.has(1)
          ? bytesOf(value, 1).toString()
          : value.has(4)
            ? bytesOf(value, 4).readDoubleLE()
            : numberOf(value, 3),
      ]
    }),
  )

const STATUS_ERROR = 2

const toSpan = (span: Message, service: unknown): ReceivedSpan => {
  const status = all(span, 15)[0]
  return {
    service,
    name: bytesOf(span, 5).toString(),
    kind: KINDS[numberOf(span, 6)] ?? 'unspecified',
    traceId: hexOf(span, 1),
    spanId: hexOf(span, 2),
    parentId: hexOf(span, 4),
    links: all(span, 13).map((link) => ({ traceId: hexOf(link, 1), spanId: hexOf(link, 2) })),
    attributes: attributesOf(span, 9),
    failure: status && numberOf(status, 3) === STATUS_ERROR ? bytesOf(status, 2).toString() : undefined,
  }
}

/** The spans of one export (ExportTraceServiceRequest). */
export const decodeExport = (body: Buffer): ReceivedSpan[] =>
  all(parse(body), 1).flatMap((resourceSpans) => {
    const service = attributesOf(parse(bytesOf(resourceSpans, 1)), 1)['service.name']
    return all(resourceSpans, 2).flatMap((scopeSpans) =>
      all(scopeSpans, 2).map((span) => toSpan(span, service)),
    )
  })
