import { once } from 'node:events'
import { createServer } from 'node:http2'

/** A gRPC server that refuses every call with the same status. */
export type RefusingGrpc = { host: string; calls: () => string[]; close: () => Promise<void> }

/**
 * Starts a server that answers each call with a gRPC status and nothing else (a response of trailers only, as the protocol
 * has it for a call that fails at once); `calls` are the methods that were asked for.
 */
export const startRefusingGrpc = async (status: number, message: string): Promise<RefusingGrpc> => {
  const calls: string[] = []
  const server = createServer()
  server.on('stream', (stream, headers) => {
    calls.push(String(headers[':path']).split('/').at(-1) ?? '')
    stream.on('error', () => {})
    stream.respond(
      {
        ':status': 200,
        'content-type': 'application/grpc',
        'grpc-status': String(status),
        'grpc-message': message,
      },
      { endStream: true },
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    host: `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    calls: () => [...calls],
    close: async () => {
      server.close()
      await once(server, 'close')
    },
  }
}
