import { once } from 'node:events'
import type { Server } from 'node:net'

/** A server of a test on a free port of this machine; leaving the scope of `await using` ends it. */
export type Listening = AsyncDisposable & { port: number; url: string }

/** The port on which a server listens. */
export const portOf = (server: Pick<Server, 'address'>): number => {
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('Listens on no port')
  return address.port
}

/** Starts a server of `node:net` or `node:http`, and ends it with all its connections. */
export const listen = async (server: Server): Promise<Listening> => {
  const sockets = new Set<{ destroy(): unknown }>()
  server.on('connection', (socket) => sockets.add(socket))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const port = portOf(server)
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy()
      if (!server.listening) return
      server.close()
      await once(server, 'close')
    },
  }
}
