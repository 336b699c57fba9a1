import { once } from 'node:events'
import { connect, createServer, type Http2Session } from 'node:http2'

/** A gRPC server that passes every call on; `calls` are the methods that were asked for. */
export type CountingGrpc = { host: string; calls: () => string[]; close: () => Promise<void> }

/** Starts it in front of a server that speaks gRPC without TLS, as the emulators do. */
export const startCountingGrpc = async (target: string): Promise<CountingGrpc> => {
  const calls: string[] = []
  const sessions = new Set<Http2Session>()
  const behind = connect(`http://${target}`)
  const server = createServer()
  server.on('session', (session) => sessions.add(session))
  server.on('stream', (stream, headers) => {
    calls.push(String(headers[':path']).split('/').at(-1) ?? '')
    const { ':authority': _authority, ...passed } = headers
    const request = behind.request(passed)
    for (const end of [stream, request]) end.on('error', () => {})
    stream.pipe(request)
    request.on('response', (answer) => {
      let trailers = {}
      request.on('trailers', (last) => (trailers = last))
      // An answer of trailers only has no body, and ends with its headers.
      const { 'grpc-status': status } = answer
      if (status !== undefined) return stream.respond(answer, { endStream: true })
      stream.respond(answer, { waitForTrailers: true })
      stream.on('wantTrailers', () => stream.sendTrailers(trailers))
      request.pipe(stream)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    host: `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    calls: () => [...calls],
    close: async () => {
      for (const session of sessions) session.destroy()
      behind.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
