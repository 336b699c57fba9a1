import { ACK_DEADLINE_MS, backoffMs, type RetryPolicy } from '@mensageria/core'
import {
  QUEUE_START,
  type MessageQueue,
  type Published,
  type QueuedMessage,
  type QueuePosition,
} from './message-queue.ts'
import type { PushHandler } from './pushed-message.ts'

/** A push subscription: Pub/Sub's semantics on one machine. Without `attemptsMax` a message is tried for ever. */
export type Subscription = {
  name: string
  retry: Omit<RetryPolicy, 'attemptsMax'> & { attemptsMax?: number }
  concurrencyMax: number
  handler: PushHandler
  /** Whether the handler would take another message now; a message that it must refuse costs an attempt. */
  hasRoom?: () => boolean
}

export type PumpOptions = {
  queue: MessageQueue
  /** Told of what must not happen: the queue could not be read or written. The pump goes on. */
  onError: (error: unknown) => void
  /** A message is dead-lettered: the other subscription has work. */
  onDeadLetter: () => void
  ackDeadlineMs?: number
}

// Messages read ahead of those in work: fewer queries under load.
const READ_AHEAD = 64
// How soon a handler without room is asked again: well below the time that it lets a message wait.
const ROOM_POLL_MS = 100
// Waits differ by +-10 %, so that what failed together does not come back together.
const JITTER = 0.1
// A look at the whole subscription, from its start, so that a clock that jumped back hides nothing for long.
const FULL_READ_MS = 1000

/** The handler's answer; a throw, or none before the deadline, is a nack. */
const answerOf = async (ask: () => Promise<boolean>, deadlineMs: number): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, deadlineMs, false)
  })
  try {
    return await Promise.race([ask(), late])
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
}

/** What a pump has read and not finished: messages wait in `ready`, and stay in `outstanding` until their end is stored. */
const createReader = (name: string, queue: MessageQueue, horizonMs: number) => {
  const outstanding = new Set<string>()
  let ready: QueuedMessage[] = []
  let position: QueuePosition = QUEUE_START
  let fullReadAt = 0
  let exhausted = false

  /** Reads what is due next; true where all of that is in work already and there may be more behind it. */
  const read = (): boolean => {
    const now = Date.now()
    const full = now < fullReadAt || now - fullReadAt >= FULL_READ_MS
    const limit = full ? outstanding.size + READ_AHEAD : READ_AHEAD
    const due = queue.due(name, now, full ? QUEUE_START : position, limit)
    // No plan reaches beyond the horizon: such a message was planned before the clock jumped back.
    const found =
      full && due.length < limit ? [...due, ...queue.plannedAfter(name, now + horizonMs, READ_AHEAD)] : due
    exhausted = due.length < limit
    if (full) fullReadAt = now
    position = due.at(-1) ?? position
    ready = found.filter(({ key }) => !outstanding.has(key))
    for (const { key } of ready) outstanding.add(key)
    return ready.length === 0 && !exhausted
  }

  return {
    next: (): QueuedMessage | undefined => {
      // What was read may be in work already: the next read begins behind it.
      let empty = ready.length === 0 && !exhausted
      while (empty) empty = read()
      return ready.shift()
    },
    /** There may be more than was read. */
    renew: () => {
      exhausted = false
    },
    has: ({ key }: QueuedMessage): boolean => outstanding.has(key),
    /** Takes a message without a read where nothing else is due; false where it must wait its turn. */
    take: ({ key }: QueuedMessage): boolean => {
      if (!exhausted || ready.length > 0) return false
      outstanding.add(key)
      return true
    },
    release: ({ key }: QueuedMessage) => outstanding.delete(key),
    nextDueAt: (): number | undefined => queue.nextDueAt(name, Date.now()),
  }
}

/** Pushes the messages of one subscription to its handler, at most `concurrencyMax` at once. */
export const createPump = (subscription: Subscription, options: PumpOptions) => {
  const { name, retry, concurrencyMax, handler, hasRoom = () => true } = subscription
  const { queue, onError, onDeadLetter, ackDeadlineMs = ACK_DEADLINE_MS } = options
  const horizonMs = retry.maxBackoffMs * (1 + JITTER) + 1000
  const reader = createReader(name, queue, horizonMs)
  const inFlight = new Set<Promise<void>>()
  const settling = new Set<Promise<unknown>>()
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const settle = async (message: QueuedMessage, acknowledged: boolean): Promise<unknown> => {
    const attempt = message.attempts + 1
    if (acknowledged) return queue.acknowledge(name, message)
    if (retry.attemptsMax !== undefined && attempt >= retry.attemptsMax) {
      await queue.deadLetter(name, message)
      return onDeadLetter()
    }
    const waitMs = backoffMs(retry, attempt) * (1 - JITTER + 2 * JITTER * Math.random())
    return queue.retry(name, message, Math.round(Date.now() + waitMs))
  }

  const push = async (message: QueuedMessage): Promise<void> => {
    const acknowledged = await answerOf(() => handler(message.pushed), ackDeadlineMs)
    // The place is free for the next one at once; the message stays out of sight until its end is stored.
    const stored: Promise<unknown> = settle(message, acknowledged)
      .catch(onError)
      .finally(() => {
        settling.delete(stored)
        reader.release(message)
        if (!acknowledged) planWake()
      })
    settling.add(stored)
  }

  const begin = (message: QueuedMessage) => {
    const done: Promise<void> = push(message).finally(() => {
      inFlight.delete(done)
      fillSafely()
    })
    inFlight.add(done)
  }

  const fill = () => {
    while (inFlight.size < concurrencyMax) {
      const message = stopped || !hasRoom() ? undefined : reader.next()
      if (!message) return planWake()
      begin(message)
    }
  }

  const fillSafely = () => {
    try {
      fill()
    } catch (error) {
      onError(error)
      timer = setTimeout(wake, FULL_READ_MS)
    }
  }

  const nextWakeAt = () => (hasRoom() ? reader.nextDueAt() : Date.now() + ROOM_POLL_MS)

  const planWake = () => {
    clearTimeout(timer)
    const at = stopped ? undefined : nextWakeAt()
    if (at !== undefined) timer = setTimeout(wake, Math.min(Math.max(at - Date.now(), 1), horizonMs))
  }

  const wake = () => {
    reader.renew()
    fillSafely()
  }

  return {
    /** Looks for messages that are due. */
    wake,
    /** Pushes a message that was just committed where there is room and nothing else is due; false where it must be read. */
    offer: (published: Published): boolean => {
      const message = queue.fresh(published, name)
      if (stopped || reader.has(message)) return true
      if (inFlight.size >= concurrencyMax || !hasRoom() || !reader.take(message)) return false
      begin(message)
      return true
    },
    /** Takes nothing new and resolves when the handlers in work have answered and that is stored. */
    stop: async (): Promise<void> => {
      stopped = true
      clearTimeout(timer)
      await Promise.allSettled(inFlight)
      await Promise.allSettled(settling)
    },
  }
}
