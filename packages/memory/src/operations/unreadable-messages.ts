import type { UnreadableMessages } from '@mensageria/core'
import type { Context } from '../context.ts'
import { pageOf } from '../pages.ts'

/** The unreadable messages port. */
export const createUnreadableMessages = ({ stored: { unreadable }, asks }: Context): UnreadableMessages => ({
  keep: (message) =>
    asks.run('unreadable.keep', () => {
      const key = JSON.stringify([message.subscription, message.messageId])
      if (!unreadable.has(key)) unreadable.set(key, message)
    }),
  list: (page) =>
    asks.run('unreadable.list', () =>
      pageOf(
        [...unreadable.values()].map((value, place) => ({ value, at: value.receivedAt, place })),
        page,
      ),
    ),
})
