import { once } from 'node:events'
import type { Server } from 'node:http'
import { guardFunction, type FunctionGuard } from './guard-function.ts'

// What is still open then is cut: a process has 10 s from SIGTERM, and its stores close after the server.
const DRAIN_MS = 6_000

/** A function's server that listens; `close` takes nothing new and waits for what is in work. */
export type ListeningFunction = { url: string; close(): Promise<void> }

/**
 * Makes a server of the functions framework listen. Under its own command line the framework answers what is in work with
 * 500 on SIGTERM and exits at once; a server that we close drains. What comes in is guarded first.
 */
export const listenFunction = async (
  server: Server,
  { host, port, ...guard }: { host: string; port: number } & FunctionGuard,
): Promise<ListeningFunction> => {
  guardFunction(server, guard)
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address()
  const actual = typeof address === 'object' && address !== null ? address.port : port
  return {
    url: `http://${host}:${actual}`,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeIdleConnections()
      const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS).unref()
      await closed
      clearTimeout(cut)
    },
  }
}
