import { setTimeout as sleep } from 'node:timers/promises'
import type { Channel, Connection } from 'rabbitmq-client'

/** Channels in confirm mode on one connection, which is made with the first message and kept. */
export type Channels = {
  /**
   * One that nobody else has: what the broker says on it is about one message alone. Waits for one where the connection has as
   * many as the broker lets it have.
   */
  take: () => Promise<Channel>
  /** Back for the next message. */
  give: (channel: Channel) => void
  /** Why the broker takes no messages at the moment, by its own word. */
  blocked: () => string | undefined
  /** Ends the connection in order where it is idle; what is under way has a second more, and ends in doubt then. */
  close: () => Promise<void>
}

type Connect = (onEnd: () => void) => Promise<Connection>
type Kept = { connecting: Promise<Connection>; idle: Channel[]; blocked?: string | undefined }

const CLOSE_MS = 1_000

// The library has no code for it.
const isFull = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('maximum number of AMQP Channels')

const openChannel = async (connection: Connection, onClose: () => void): Promise<Channel> => {
  const channel = await connection.acquire({ emitErrorsFromChannel: true })
  channel.once('close', onClose)
  // Who publishes on it listens; between two messages nobody does, and an error without a listener would end the process.
  channel.on('error', () => undefined)
  await channel.confirmSelect()
  return channel
}

const closeIdle = async ({ idle }: Kept, connection: Connection): Promise<void> => {
  await Promise.all(idle.map((channel) => channel.close()))
  await connection.close()
}

/** Keeps the connection that `connect` makes, and makes another for the first message after its end. */
export const createChannels = (connect: Connect): Channels => {
  let kept: Kept | undefined
  const closing = new AbortController()
  const waiting: (() => void)[] = []
  const wakeOne = () => waiting.shift()?.()

  const start = (): Kept => {
    const forget = () => {
      if (kept === started) kept = undefined
    }
    const started: Kept = { connecting: connect(forget), idle: [] }
    const listen = (connection: Connection) => {
      connection.on('connection.blocked', (reason: string) => (started.blocked = reason))
      connection.on('connection.unblocked', () => (started.blocked = undefined))
    }
    started.connecting.then(listen, forget)
    return started
  }

  const current = (): Kept => {
    closing.signal.throwIfAborted()
    kept ??= start()
    return kept
  }

  const takeNow = async (): Promise<Channel | undefined> => {
    const own = current()
    const connection = await own.connecting
    for (let channel = own.idle.pop(); channel; channel = own.idle.pop()) {
      if (channel.active) return channel
    }
    return openChannel(connection, wakeOne).catch((error: unknown) => {
      if (isFull(error)) return undefined
      throw error
    })
  }

  return {
    take: async () => {
      for (;;) {
        const channel = await takeNow()
        if (channel) return channel
        // One may have been given back while the library said no.
        if (kept?.idle.length === 0) await new Promise<void>((resolve) => waiting.push(resolve))
      }
    },
    give: (channel) => {
      if (channel.active) kept?.idle.push(channel)
      wakeOne()
    },
    blocked: () => kept?.blocked,
    close: async () => {
      closing.abort(Object.assign(new Error('The destination is closed'), { code: 'CLOSING' }))
      const own = kept
      if (!own) return
      const connection = await own.connecting.catch(() => undefined)
      if (!connection) return
      await Promise.race([closeIdle(own, connection), sleep(CLOSE_MS, undefined, { ref: false })])
      connection.unsafeDestroy()
    },
  }
}
