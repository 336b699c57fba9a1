import {
  DEAD_LETTER_ATTRIBUTES,
  DEAD_LETTER_TOPIC,
  toAttributes,
  type DistributionCenterEvent,
} from '@mensageria/contracts'
import type { PushedMessage } from '@mensageria/delivery'
import type { DatabaseSync } from 'node:sqlite'
import type { Write } from './group-commit.ts'
import { attributesOf, numberOf, textOf } from './columns.ts'

/** A message of one subscription; `key` names it within the process. */
export type QueuedMessage = {
  key: string
  eventSeq: number
  source: string
  attempts: number
  nextAt: number
  pushed: PushedMessage
}

/** A place in a subscription's order of due times. */
export type QueuePosition = { nextAt: number; eventSeq: number }

/** Before everything. */
export const QUEUE_START: QueuePosition = { nextAt: 0, eventSeq: 0 }

const iso = (ms: number): string => new Date(ms).toISOString()

const toMessage = (subscription: string, row: Record<string, unknown>): QueuedMessage => {
  const seq = numberOf(row, 'event_seq')
  const source = textOf(row, 'source')
  const attempts = numberOf(row, 'attempts')
  const attributes = attributesOf(row)
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
      data: textOf(row, 'data'),
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
      `SELECT m.event_seq, m.source, m.source_attempts, m.published_at, m.attempts, m.next_at, e.attributes, e.data
       FROM messages m JOIN events e ON e.seq = m.event_seq
       WHERE m.subscription = ? AND ${condition} ORDER BY m.next_at, m.event_seq LIMIT ?`,
    )
  const due = selectDue('m.next_at <= ? AND (m.next_at, m.event_seq) > (?, ?)')
  const planned = selectDue('m.next_at > ?')
  const earliest = db.prepare(
    'SELECT min(next_at) AS at FROM messages WHERE subscription = ? AND next_at > ?',
  )
  const eventSeq = db.prepare('SELECT seq FROM events WHERE id = ?')

  return { insert, insertDeadLetter, remove, delay, due, planned, earliest, eventSeq }
}

/**
 * The broker's table: a row per subscription and event until it is acknowledged. The functions ending in `Now` must run
 * inside a write.
 */
export const createMessageQueue = (db: DatabaseSync, write: Write, subscriptions: readonly string[]) => {
  const { insert, insertDeadLetter, remove, delay, due, planned, earliest, eventSeq } = prepare(db)

  // Puts the event of this row into every subscription. One that is queued stays as it is.
  const enqueueNow = (seq: number): void => {
    // The time of the commit, not of the event: the broker reads in the order in which rows appear.
    const now = Date.now()
    for (const subscription of subscriptions) insert.run(subscription, seq, now, now)
  }

  return {
    enqueueNow,
    /** Publishes a stored event again. */
    publish: (event: DistributionCenterEvent): Promise<void> =>
      write(() => {
        const found = eventSeq.get(event.id)
        if (!found) throw new Error(`The event ${event.id} is not stored`)
        enqueueNow(numberOf(found, 'seq'))
      }),
    /** Messages that are due and lie after a position, earliest first. */
    due: (subscription: string, now: number, after: QueuePosition, limit: number): QueuedMessage[] =>
      due
        .all(subscription, now, after.nextAt, after.eventSeq, limit)
        .map((row) => toMessage(subscription, row)),
    /** Messages planned beyond a time. */
    plannedAfter: (subscription: string, at: number, limit: number): QueuedMessage[] =>
      planned.all(subscription, at, limit).map((row) => toMessage(subscription, row)),
    /** The earliest due time after the given one. */
    nextDueAt: (subscription: string, after: number): number | undefined => {
      const at = earliest.get(subscription, after)?.['at']
      return typeof at === 'number' ? at : undefined
    },
    acknowledge: (subscription: string, { eventSeq: seq, source }: QueuedMessage): Promise<void> =>
      write(() => {
        remove.run(subscription, seq, source)
      }),
    retry: (
      subscription: string,
      { eventSeq: seq, source, attempts }: QueuedMessage,
      nextAt: number,
    ): Promise<void> =>
      write(() => {
        delay.run(attempts + 1, nextAt, subscription, seq, source)
      }),
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

/** The attributes of an event as the events table keeps them. */
export const toAttributesText = (event: DistributionCenterEvent): string =>
  JSON.stringify(toAttributes(event))
