import { InvalidPageTokenError, type UnreadableMessage } from '@mensageria/core'
import { useEngine, type OpenEngine } from './engine-under-test.ts'

const messageOf = (n: number, subscription = 'maas'): UnreadableMessage => ({
  subscription,
  messageId: `m${n}`,
  receivedAt: 1_700_000_000_000 + n,
  reason: 'The data is not JSON',
  attributes: { 'ce-id': 'x', 'with space': 'é' },
  data: Buffer.from(`not json ${n} \u0000`).toString('base64'),
})

/** What every store of unreadable messages must do. */
export const describeUnreadableMessages = (name: string, open: OpenEngine): void => {
  describe(`unreadable messages: ${name}`, () => {
    const store = useEngine(open)

    const idsOf = ({ items }: { items: UnreadableMessage[] }) => items.map(({ messageId }) => messageId)

    test('gives back what was kept, byte for byte', async () => {
      await store.unreadable.keep(messageOf(1))
      expect(await store.unreadable.list({ pageSize: 10 })).toEqual({ items: [messageOf(1)] })
    })

    test('the same message again changes nothing; the same id of another subscription is another message', async () => {
      await store.unreadable.keep(messageOf(1))
      await store.unreadable.keep({ ...messageOf(1), receivedAt: 5, reason: 'later' })
      await store.unreadable.keep({ ...messageOf(1, 'dmitri'), receivedAt: 1_700_000_000_002 })
      const { items } = await store.unreadable.list({ pageSize: 10 })
      expect(items.map(({ subscription }) => subscription)).toEqual(['dmitri', 'maas'])
      expect(items[1]).toEqual(messageOf(1))
    })

    test('lists newest first, page by page, each once', async () => {
      for (const n of [3, 1, 5, 2, 4]) await store.unreadable.keep(messageOf(n))
      const first = await store.unreadable.list({ pageSize: 2 })
      expect(idsOf(first)).toEqual(['m5', 'm4'])
      const second = await store.unreadable.list({ pageSize: 2, pageToken: first.nextPageToken ?? '' })
      expect(idsOf(second)).toEqual(['m3', 'm2'])
      const third = await store.unreadable.list({ pageSize: 2, pageToken: second.nextPageToken ?? '' })
      expect(third).toEqual({ items: [messageOf(1)] })
    })

    test.each(['', 'x', 'bm90IGpzb24='])(
      'the page token %j, which no page gave, is refused',
      async (pageToken) => {
        await expect(store.unreadable.list({ pageSize: 2, pageToken })).rejects.toThrow(InvalidPageTokenError)
      },
    )
  })
}
