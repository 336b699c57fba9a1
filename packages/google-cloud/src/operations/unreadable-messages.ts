import { Timestamp, type QueryDocumentSnapshot } from '@google-cloud/firestore'
import type { UnreadableMessage, UnreadableMessages } from '@mensageria/core'
import { unlessConflict } from '../firestore/conflict.ts'
import type { Connection } from '../firestore/connect-firestore.ts'
import { jsonOf } from '../firestore/fields.ts'
import { createNewestFirst, pageOf, startOf } from '../firestore/newest-first.ts'
import { hashedId, LIST_SHARDS, shardOf } from '../firestore/shards.ts'

/** Longer than any message lives in the broker (31 days), and long enough for people to find out what sent it. */
const KEPT_MS = 90 * 24 * 3_600_000

const toItems = (docs: readonly QueryDocumentSnapshot[]) =>
  docs.map((snapshot) => jsonOf<UnreadableMessage>(snapshot, 'message'))

/** The port of unreadable messages; a message is one document, whatever is in it. */
export const createUnreadableMessages = (connection: Connection): UnreadableMessages => {
  const { firestore, run } = connection
  const list = createNewestFirst(connection, {
    collection: 'undecodableMessages',
    at: 'receivedAt',
  })
  return {
    keep: async (message) => {
      const id = hashedId(message.subscription, message.messageId)
      const fields = {
        message: JSON.stringify(message),
        receivedAt: message.receivedAt,
        listShard: shardOf(id, LIST_SHARDS),
        expireAt: Timestamp.fromMillis(message.receivedAt + KEPT_MS),
      }
      const ref = firestore.collection('undecodableMessages').doc(id)
      await run(() => unlessConflict(ref.create(fields)))
    },
    list: async (page) => pageOf(await list({ ...startOf(page), toItems })),
  }
}
