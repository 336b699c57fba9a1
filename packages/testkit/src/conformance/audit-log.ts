import { InvalidPageTokenError, type AuditEntry } from '@mensageria/core'
import { useEngine, type OpenEngine } from './engine-under-test.ts'

const entryOf = (n: number): AuditEntry => ({
  at: 1_700_000_000_000 + n,
  actor: 'ana',
  action: 'integration.pause',
  target: 'maas',
  reason: `Manutenção ${n}`,
})

/** What every audit log must do. */
export const describeAuditLog = (name: string, open: OpenEngine): void => {
  describe(`audit log: ${name}`, () => {
    const store = useEngine(open)

    test('keeps everything, also what is said twice, newest first and page by page', async () => {
      for (const n of [1, 2, 2]) await store.audit.append(entryOf(n))
      const first = await store.audit.list({ pageSize: 2 })
      expect(first.items).toEqual([entryOf(2), entryOf(2)])
      const second = await store.audit.list({ pageSize: 2, pageToken: first.nextPageToken ?? '' })
      expect(second).toEqual({ items: [entryOf(1)] })
    })

    test.each(['', 'x', 'bm90IGpzb24='])(
      'the page token %j, which no page gave, is refused',
      async (pageToken) => {
        await expect(store.audit.list({ pageSize: 2, pageToken })).rejects.toThrow(InvalidPageTokenError)
      },
    )
  })
}
