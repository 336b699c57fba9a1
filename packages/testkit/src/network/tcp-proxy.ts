import { once } from 'node:events'
import { createConnection, createServer, type Socket } from 'node:net'
import { Transform } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'

/** How bytes travel: each piece so much later, no faster than this, in pieces no larger than this. */
export type Shape = { delayMs?: number; bytesPerSecond?: number; sliceBytes?: number }

/** A way to a server that can go bad as networks do; each fault lasts until `thaw`. */
export type TcpProxy = {
  host: string
  /** Silent in both directions, as a network that drops every packet. */
  freeze(): void
  /** What is sent arrives; what is answered does not. */
  freezeAnswers(): void
  /** Everything arrives, so much later. */
  slow(delayMs: number): void
  /** Everything arrives, in this shape. */
  shape(shape: Shape): void
  /** Resets every connection, and each new one. */
  reset(): void
  /** Nobody listens: what is open is reset, and a new connection is refused. */
  refuse(): void
  thaw(): void
  /** Ends the connections that there are, as a server does that they idle at. */
  hangUp(): void
  /** The same, but the clients do not see it yet: what they send next is answered by a reset. */
  goStale(): void
  close(): Promise<void>
}

type Mode = 'open' | 'frozen' | 'answers-frozen' | 'reset'
type Connection = { client: Socket; upstream: Socket }

const destroyBoth = ({ client, upstream }: Connection) => {
  // RST, not FIN: an orderly end is no fault.
  client.resetAndDestroy()
  upstream.resetAndDestroy()
}

const applyMode = (mode: Mode, connection: Connection) => {
  const { client, upstream } = connection
  if (mode === 'reset') return destroyBoth(connection)
  for (const socket of [client, upstream]) {
    const silent = mode === 'frozen' || (mode === 'answers-frozen' && socket === upstream)
    if (silent) socket.pause()
    else socket.resume()
  }
}

const forward = async (chunk: Buffer, shape: Shape, push: (piece: Buffer) => void): Promise<void> => {
  const { delayMs = 0, bytesPerSecond = Infinity, sliceBytes = chunk.length } = shape
  for (let from = 0; from < chunk.length; from += sliceBytes) {
    const piece = chunk.subarray(from, from + sliceBytes)
    await sleep(delayMs + (piece.length / bytesPerSecond) * 1000)
    push(piece)
  }
}

const shaped = (shapeNow: () => Shape | undefined) =>
  new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const shape = shapeNow()
      if (!shape) return done(null, chunk)
      return void forward(chunk, shape, (piece) => this.push(piece)).then(() => done(), done)
    },
  })

/** Starts a proxy in front of `target` (`host:port`), on a free port unless one is given. */
export const startTcpProxy = async (target: string, ownPort = 0): Promise<TcpProxy> => {
  const [host = '', port = ''] = target.split(':')
  const connections = new Set<Connection>()
  let mode: Mode = 'open'
  let shape: Shape | undefined

  const server = createServer((client) => {
    const upstream = createConnection(Number(port), host)
    const connection = { client, upstream }
    connections.add(connection)
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      from.on('error', () => to.destroy())
      from.on('close', () => {
        connections.delete(connection)
        to.destroy()
      })
      from.pipe(shaped(() => shape)).pipe(to)
    }
    if (mode !== 'open') applyMode(mode, connection)
  }).listen(ownPort, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No address')

  const become = (next: Mode, nextShape?: Shape) => {
    mode = next
    shape = nextShape
    for (const connection of connections) applyMode(mode, connection)
    if (!server.listening) server.listen(address.port, '127.0.0.1')
  }
  return {
    host: `127.0.0.1:${address.port}`,
    freeze: () => become('frozen'),
    freezeAnswers: () => become('answers-frozen'),
    slow: (delayMs) => become('open', { delayMs }),
    shape: (next) => become('open', next),
    reset: () => become('reset'),
    refuse: () => {
      become('reset')
      server.close()
    },
    thaw: () => become('open'),
    hangUp: () => {
      for (const { client } of connections) client.end()
    },
    goStale: () => {
      for (const connection of connections) {
        connection.client
          .unpipe()
          .once('data', () => destroyBoth(connection))
          .resume()
      }
    },
    close: async () => {
      for (const connection of connections) destroyBoth(connection)
      if (!server.listening) return
      server.close()
      await once(server, 'close')
    },
  }
}
