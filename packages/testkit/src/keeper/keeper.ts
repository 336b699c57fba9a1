import { once } from 'node:events'
import { createServer } from 'node:http'
import { isServed, type Served, type ServedKind } from './served.ts'

/** A server of others that tests use: where it listens, and how to stop it. */
export type Started<T> = { hosts: T; stop: () => Promise<void> }

/** How to start each kind; it is called at the first request for it, once. */
export type Starters = { [K in ServedKind]: () => Promise<Started<Served[K]>> }

/** Starts a server at the first request for it and gives every caller its hosts. */
export type Keeper = { url: string; close: () => Promise<void> }

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/**
 * One keeper for a test run: its workers ask it over HTTP, so that each server starts once, and not at all where no selected
 * test needs it.
 */
export const startKeeper = async (starters: Starters): Promise<Keeper> => {
  const starting = new Map<ServedKind, Promise<Started<unknown>>>()
  const hostsOf = async (kind: ServedKind): Promise<unknown> => {
    const started = starting.get(kind) ?? starters[kind]()
    starting.set(kind, started)
    return (await started).hosts
  }
  const server = createServer((request, response) => {
    const kind = (request.url ?? '').slice(1)
    // Nobody asks twice within seconds: a connection that is kept would end under the next question of a busy worker.
    response.setHeader('connection', 'close')
    if (!isServed(kind)) {
      response.writeHead(404).end(`The keeper has no ${kind}`)
      return
    }
    void hostsOf(kind).then(
      (hosts) => response.end(JSON.stringify(hosts)),
      (error: unknown) => response.writeHead(500).end(textOf(error)),
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No address')
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: async () => {
      server.close()
      server.closeAllConnections()
      const ended = await Promise.allSettled(starting.values())
      await Promise.all(ended.flatMap((start) => (start.status === 'fulfilled' ? [start.value.stop()] : [])))
    },
  }
}
