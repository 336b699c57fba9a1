import {
  DEAD_LETTER_ATTRIBUTES,
  DEAD_LETTER_TOPIC,
  decodeEvent,
  type DistributionCenterEvent,
} from '@mensageria/contracts'
import type { DatabaseSync } from 'node:sqlite'
import type { GroupCommit } from '../database/group-commit.ts'
import { attributesOf, numberOf, textOf } from '../database/columns.ts'
import { createContentCache, type EventContent } from './content-cache.ts'
import type { PushedMessage } from './pushed-message.ts'

/** A message of one subscription; `key` names it within the process. */
export type QueuedMessage = {
  key: string
  eventSeq: number
  source: string
  attempts: number
  nextAt: number
  pushed: PushedMessage
}

/** An event that was just committed with its messages, due `at`. */
export type Published = { eventSeq: number; at: number; content: EventContent }

/** A place in a subscription's order of due times. */
export type QueuePosition = { nextAt: number; eventSeq: number }

/** Before everything. */
export const QUEUE_START: QueuePosition = { nextAt: 0, eventSeq: 0 }

const iso = (ms: number): string => new Date(ms).toISOString()

const toMessage = (
  subscription: string,
  row: Record<string, unknown>,
  { attributes, data, event }: EventContent,
): QueuedMessage => {
  const seq = numberOf(row, 'event_seq')
  const source = textOf(row, 'source')
  const attempts = numberOf(row, 'attempts')
  return {
    key: `${seq} ${source}`,
    eventSeq: seq,
    source,
    attempts,
    nextAt: numberOf(row, 'next_at'),
    pushed: {
      subscription,
      messageId: source === '' ? `${seq}` : `${seq}.${source}`,
      publishTime: iso(numberOf(row, 'published_at')),
      deliveryAttempt: attempts + 1,
      attributes:
        source === ''
          ? attributes
          : {
              ...attributes,
              [DEAD_LETTER_ATTRIBUTES.deliveryCount]: String(numberOf(row, 'source_attempts')),
              [DEAD_LETTER_ATTRIBUTES.subscription]: source,
              [DEAD_LETTER_ATTRIBUTES.subscriptionProject]: 'local',
              [DEAD_LETTER_ATTRIBUTES.topicPublishTime]: iso(numberOf(row, 'published_at')),
            },
      data,
      event,
    },
  }
}

const prepare = (db: DatabaseSync) => {
  const insert = db.prepare(
    `INSERT INTO messages (subscription, event_seq, published_at, next_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  )
  const insertDeadLetter = db.prepare(
    `INSERT INTO messages (subscription, event_seq, source, source_attempts, published_at, next_at)
     VALUES ('${DEAD_LETTER_TOPIC}', ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  )
  const remove = db.prepare('DELETE FROM messages WHERE subscription = ? AND event_seq = ? AND source = ?')
  const delay = db.prepare(
    'UPDATE messages SET attempts = ?, next_at = ? WHERE subscription = ? AND event_seq = ? AND source = ?',
  )
  const selectDue = (condition: string) =>
    db.prepare(
      `SELECT event_seq, source, source_attempts, published_at, attempts, next_at FROM messages
       WHERE subscription = ? AND ${condition} ORDER BY next_at, event_seq LIMIT ?`,
    )
  const due = selectDue('next_at <= ? AND (next_at, event_seq) > (?, ?)')
  const planned = selectDue('next_at > ?')
  const earliest = db.prepare(
    'SELECT min(next_at) AS at FROM messages WHERE subscription = ? AND next_at > ?',
  )
  const eventSeq = db.prepare('SELECT seq FROM events WHERE id = ?')
  const content = db.prepare('SELECT attributes, data FROM events WHERE seq = ?')

  return { insert, insertDeadLetter, remove, delay, due, planned, earliest, eventSeq, content }
}

/**
 * Drops the messages of subscriptions that are gone: nobody will ever acknowledge them, and their events could not expire.
 * What they were for stays in the ledger.
 */
export const dropOrphanedMessages = (db: DatabaseSync, subscriptions: readonly string[]): void => {
  const next = db.prepare(
    'SELECT subscription FROM messages WHERE subscription > ? ORDER BY subscription LIMIT 1',
  )
  const drop = db.prepare('DELETE FROM messages WHERE subscription = ?')
  let found = next.get('')
  while (found) {
    const name = textOf(found, 'subscription')
    if (!subscriptions.includes(name)) drop.run(name)
    found = next.get(name)
  }
}

/**
 * The broker's table: a row per subscription and event until it is acknowledged. The functions ending in `Now` must run
 * inside a write.
 */
export const createMessageQueue = (
  db: DatabaseSync,
  { peek, write, writeOne }: Pick<GroupCommit, 'peek' | 'write' | 'writeOne'>,
  subscriptions: readonly string[],
) => {
  const { insert, insertDeadLetter, remove, delay, due, planned, earliest, eventSeq, content } = prepare(db)
  const contents = createContentCache((seq) => {
    const row = content.get(seq)
    if (!row) throw new Error(`The event ${seq} of a queued message is gone`)
    const [attributes, data] = [attributesOf(row), textOf(row, 'data')]
    return { attributes, data, event: decodeEvent(attributes, data) }
  })
  const toMessages = (subscription: string, rows: Record<string, unknown>[]): QueuedMessage[] =>
    rows.map((row) => toMessage(subscription, row, contents.get(numberOf(row, 'event_seq'))))

  // Puts the event of this row into every subscription, due from the time that it gives. One that is queued stays as it is.
  const enqueueNow = (seq: number): number => {
    // The time of the commit, not of the event: the broker reads in the order in which rows appear.
    const now = Date.now()
    for (const subscription of subscriptions) insert.run(subscription, seq, now, now)
    return now
  }

  return {
    enqueueNow,
    /** A message that was just committed, as a read of it would give it. Its content is kept for those reads as well. */
    fresh: ({ eventSeq: seq, at, content: written }: Published, subscription: string): QueuedMessage => {
      const row = { event_seq: seq, source: '', attempts: 0, next_at: at, published_at: at }
      return toMessage(subscription, row, contents.keep(seq, written))
    },
    /** Publishes a stored event again. */
    publish: (event: DistributionCenterEvent): Promise<void> =>
      write(() => {
        const found = eventSeq.get(event.id)
        if (!found) throw new Error(`The event ${event.id} is not stored`)
        enqueueNow(numberOf(found, 'seq'))
      }),
    /** Messages that are due and lie after a position, earliest first. */
    due: (subscription: string, now: number, after: QueuePosition, limit: number): QueuedMessage[] =>
      peek(() => toMessages(subscription, due.all(subscription, now, after.nextAt, after.eventSeq, limit))),
    /** Messages planned beyond a time. */
    plannedAfter: (subscription: string, at: number, limit: number): QueuedMessage[] =>
      peek(() => toMessages(subscription, planned.all(subscription, at, limit))),
    /** The earliest due time after the given one. */
    nextDueAt: (subscription: string, after: number): number | undefined => {
      const at = peek(() => earliest.get(subscription, after))?.['at']
      return typeof at === 'number' ? at : undefined
    },
    acknowledge: (subscription: string, { eventSeq: seq, source }: QueuedMessage): Promise<number> =>
      writeOne(remove, subscription, seq, source),
    retry: (
      subscription: string,
      { eventSeq: seq, source, attempts }: QueuedMessage,
      nextAt: number,
    ): Promise<number> => writeOne(delay, attempts + 1, nextAt, subscription, seq, source),
    /** Moves a message that used up its attempts to the dead-letter subscription, in one commit. */
    deadLetter: (subscription: string, { eventSeq: seq, source, attempts }: QueuedMessage): Promise<void> =>
      write(() => {
        const now = Date.now()
        remove.run(subscription, seq, source)
        insertDeadLetter.run(seq, subscription, attempts + 1, now, now)
      }),
  }
}

export type MessageQueue = ReturnType<typeof createMessageQueue>
