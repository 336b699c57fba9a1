import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'

/** An HTTP server of a test; leaving the scope of `await using` ends it with all its connections. */
export type Served = AsyncDisposable & { url: string }

/** Starts a server on a free port of this machine that answers each request once it has read it. */
export const serve = async (
  answer: (request: IncomingMessage, response: ServerResponse, body: string) => void,
): Promise<Served> => {
  const server = createServer((request, response) => {
    // A request that breaks off gets no answer.
    void text(request).then(
      (body) => answer(request, response, body),
      () => response.destroy(),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('Listens on no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      if (!server.listening) return
      server.close()
      await once(server, 'close')
    },
  }
}
