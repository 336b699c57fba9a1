import type { Ledger, OrphanedRows } from '@mensageria/core'
import { deliveryRowOf } from './ledger.ts'

/** An empty ledger, and what is left in it by integrations that are gone. */
export type OrphanedRowsUnderTest = { ledger: Ledger; orphans: OrphanedRows; close(): Promise<void> | void }

const NOW = 5_000

/** What every engine must find of integrations that are not in the list any more. `open` gives an empty one each time. */
export const describeOrphanedRows = (name: string, open: () => Promise<OrphanedRowsUnderTest>): void => {
  describe(`stray rows: ${name}`, () => {
    let store: OrphanedRowsUnderTest
    beforeEach(async () => {
      store = await open()
    })
    afterEach(async () => {
      await store.close()
    })

    const put = (centerId: string, integration: string, dueAt: number) =>
      store.ledger.create(deliveryRowOf(centerId, { integration, dueAt }))
    const due = async (integrations: readonly string[], limit = 10) =>
      (await store.orphans.due(integrations, NOW, limit))
        .map(({ row }) => `${row.integration} ${row.centerId}`)
        .toSorted()

    test('are the open rows of all that are not named, once they are due', async () => {
      await put('a', 'gone', NOW)
      await put('b', 'gone', NOW + 1)
      await put('a', 'lost', NOW - 1)
      await put('a', 'maas', NOW - 1)
      expect(await due(['maas', 'dmitri'])).toEqual(['gone a', 'lost a'])
      expect(await due(['maas', 'gone', 'lost'])).toEqual([])
    })

    test('closed ones are none of them', async () => {
      for (const state of ['delivered', 'rejected', 'retired'] as const)
        await store.ledger.create(deliveryRowOf(state, { integration: 'gone', state }))
      expect(await due([])).toEqual([])
    })

    test('are found in bounded parts, and one that is closed makes room', async () => {
      for (const centerId of ['a', 'b', 'c']) await put(centerId, 'gone', NOW)
      const found = await store.orphans.due([], NOW, 2)
      expect(found).toHaveLength(2)
      for (const { row, revision } of found)
        await store.ledger.replace(
          deliveryRowOf(row.centerId, { integration: 'gone', state: 'retired' }),
          revision,
        )
      expect(await due([], 2)).toHaveLength(1)
    })
  })
}
