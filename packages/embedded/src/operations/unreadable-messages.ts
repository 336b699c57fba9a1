import type { UnreadableMessage, UnreadableMessages } from '@mensageria/core'
import type { DatabaseSync } from 'node:sqlite'
import { attributesOf, numberOf, textOf } from '../database/columns.ts'
import type { Write } from '../database/group-commit.ts'
import { decodePageToken, encodePageToken } from '../database/page-token.ts'

const toMessage = (row: Record<string, unknown>): UnreadableMessage => ({
  subscription: textOf(row, 'subscription'),
  messageId: textOf(row, 'message_id'),
  receivedAt: numberOf(row, 'received_at'),
  reason: textOf(row, 'reason'),
  attributes: attributesOf(row),
  data: textOf(row, 'data'),
})

/** The port of unreadable messages over a table of its own. */
export const createUnreadableMessages = (db: DatabaseSync, write: Write): UnreadableMessages => {
  const insert = db.prepare(
    `INSERT INTO undecodable_messages (subscription, message_id, received_at, reason, attributes, data)
     VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  )
  const select = db.prepare(
    `SELECT * FROM undecodable_messages WHERE (received_at, seq) < (?, ?) ORDER BY received_at DESC, seq DESC LIMIT ?`,
  )
  return {
    keep: ({ subscription, messageId, receivedAt, reason, attributes, data }) =>
      write(() => {
        insert.run(subscription, messageId, receivedAt, reason, JSON.stringify(attributes), data)
      }),
    list: async ({ pageSize, pageToken }) => {
      const [at = 0, seq = 0] =
        pageToken === undefined
          ? [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]
          : decodePageToken(pageToken, 2)
      const rows = select.all(at, seq, pageSize + 1)
      const page = rows.slice(0, pageSize)
      const last = page.at(-1)
      return {
        items: page.map(toMessage),
        ...(rows.length > pageSize && last
          ? { nextPageToken: encodePageToken(numberOf(last, 'received_at'), numberOf(last, 'seq')) }
          : {}),
      }
    },
  }
}
