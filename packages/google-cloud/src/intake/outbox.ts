import { FieldValue, Timestamp, type QueryDocumentSnapshot } from '@google-cloud/firestore'
import { decodeEvent } from '@mensageria/contracts'
import type { OpenEvent, Outbox } from '@mensageria/core'
import { isNotFound } from '../firestore/conflict.ts'
import type { Connection } from '../firestore/connect-firestore.ts'
import { jsonOf, numberOf, textOf } from '../firestore/fields.ts'
import { OPEN_SHARDS, shardsOf } from '../firestore/shards.ts'

/** How long a closed event is kept for people to look at; nothing rests on its being gone. */
const CLOSED_KEPT_MS = 30 * 24 * 3_600_000

// A commit of Firestore may be larger, but its latency grows with its writes.
const WRITES_MAX = 20

const chunksOf = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size))

const unlessMissing = async (write: Promise<unknown>): Promise<boolean> => {
  try {
    await write
    return true
  } catch (error) {
    if (isNotFound(error)) return false
    throw error
  }
}

// `looks` is the stored name of `checks` since release 0.1.
const toOpenEvent = (snapshot: QueryDocumentSnapshot): OpenEvent => ({
  eventId: snapshot.id,
  centerId: textOf(snapshot, 'centerId'),
  version: numberOf(snapshot, 'version'),
  centerCreatedAt: numberOf(snapshot, 'centerCreatedAt'),
  checks: numberOf(snapshot, 'looks'),
})

/** The outbox port. Open events alone have `openShard` and `dueAt`, so a sweep never meets a closed one. */
export const createOutbox = ({ firestore, run }: Connection): Outbox => {
  const events = firestore.collection('events')

  const closeAll = async (eventIds: readonly string[], now: number) => {
    const closed = {
      openShard: FieldValue.delete(),
      dueAt: FieldValue.delete(),
      closedAt: now,
      expireAt: Timestamp.fromMillis(now + CLOSED_KEPT_MS),
    }
    const batch = firestore.batch()
    for (const eventId of eventIds) batch.update(events.doc(eventId), closed)
    const written = await run(() => unlessMissing(batch.commit()))
    if (written || eventIds.length === 1) return
    // One of them has expired since it was closed by another sweep: it must not keep the others open.
    await Promise.all(eventIds.map((eventId) => closeAll([eventId], now)))
  }

  const ask = async (compare: '<=' | '>', at: number, limit: number) => {
    const open = events.where('openShard', 'in', shardsOf(OPEN_SHARDS)).where('dueAt', compare, at)
    // Not the event's data, which only a few of them need.
    const checked = open.select('centerId', 'version', 'centerCreatedAt', 'looks', 'dueAt')
    return (await run(() => checked.orderBy('dueAt').limit(limit).get())).docs
  }

  return {
    due: async ({ now, latest }, limit) => {
      const due = await ask('<=', now, limit)
      // A plan later than any right clock makes: those come last, and only where there is room.
      const ahead = due.length < limit ? await ask('>', Math.max(now, latest), limit - due.length) : []
      return [...due, ...ahead].map(toOpenEvent)
    },
    read: async (eventId) => {
      const found = await run(() => events.doc(eventId).get())
      if (!found.exists) return undefined
      const decoded = decodeEvent(jsonOf(found, 'attributes'), textOf(found, 'data'))
      if (!decoded.ok) throw new Error(`The stored event ${eventId} cannot be read: ${decoded.reason}`)
      return decoded.event
    },
    postpone: async (eventId, nextCheckAt, checks) => {
      // Without its shard a closed event stays closed: the index of open events holds documents that have both fields.
      await run(() => unlessMissing(events.doc(eventId).update({ dueAt: nextCheckAt, looks: checks })))
    },
    close: async (eventIds, now) => {
      await Promise.all(chunksOf(eventIds, WRITES_MAX).map((chunk) => closeAll(chunk, now)))
    },
  }
}
