import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'

/** An HTTP server of a test; leaving the scope of `await using` ends it with all its connections. */
export type Served = AsyncDisposable & { url: string }

/** Starts a server on a free port of this machine that answers each request once it has read it. */
export const serve = async (answer: RequestListener): Promise<Served> => {
  const server = createServer((request, response) =>
    request.resume().on('end', () => answer(request, response)),
  )
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
