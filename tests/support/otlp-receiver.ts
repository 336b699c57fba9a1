import { once } from 'node:events'
import { createServer } from 'node:http'
import { decodeExport, type ReceivedSpan } from './otlp-decode.ts'

/** A collector that keeps what it is sent. */
export type OtlpReceiver = {
  endpoint: string
  spans: ReceivedSpan[]
  /** Everything that was sent, as latin1: whatever text is in it can be searched. */
  text(): string
  close(): Promise<void>
}

/** Starts a collector on a free port; one that `hangs` takes exports and never answers. */
export const startOtlpReceiver = async ({ hangs = false } = {}): Promise<OtlpReceiver> => {
  const bodies: Buffer[] = []
  const spans: ReceivedSpan[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      if (request.url === '/v1/traces') {
        bodies.push(body)
        spans.push(...decodeExport(body))
      }
      if (hangs) return
      response.writeHead(request.url === '/v1/traces' ? 200 : 404).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    endpoint: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    spans,
    text: () => Buffer.concat(bodies).toString('latin1'),
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
