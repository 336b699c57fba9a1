import { isBalanced, sumOf } from '@mensageria/core'
import { LISTED, useEngine, type OpenEngine } from '../engine-under-test.ts'
import { createActs, idOf, START } from '../samples.ts'

/** Accepted centers by integrations are the sum of the states, and the two are counted apart: what is lost shows. */
export const describeBalance = (name: string, open: OpenEngine): void => {
  describe(`stats, the equation: ${name}`, () => {
    const store = useEngine(open)
    const { accept, put, update, close } = createActs(store)

    const sides = async () => {
      await store.stats.count(START + 60_000)
      const { owed } = await store.stats.totals()
      return Promise.all(
        LISTED.map(async (integration) => {
          const { counts } = await store.stats.ofIntegration(integration.name)
          return { name: integration.name, counts, owed: owed[integration.name] ?? -1 }
        }),
      )
    }

    test('holds whatever happens to centers, rows and events', async () => {
      expect(isBalanced(await sides())).toBe(true)
      await accept(1, 2, 3, 4, 5, 6)
      await put(1, 'dmitri', 'delivered')
      await put(2, 'dmitri', 'retired')
      for (const [index, state] of (['parked', 'rejected', 'retrying', 'delivered'] as const).entries())
        await put(3 + index, 'dmitri', state, { cause: 'tls' })
      await update(1)
      await update(4)
      await close([1, 2, 3, 5], 2)
      const found = await sides()
      expect(isBalanced(found)).toBe(true)
      expect(found.map(({ owed }) => owed)).toEqual([6, 6])
    })

    test('fails where a delivery is lost behind the ports', async () => {
      await accept(4, 5)
      await put(4, 'maas', 'delivered')
      await put(5, 'maas', 'delivered')
      await put(5, 'dmitri', 'delivered')
      await store.damage({ integration: 'maas', centerId: idOf(4) })
      const [maas, dmitri] = await sides()
      expect(maas && sumOf(maas.counts)).not.toBe(maas?.owed)
      expect(dmitri && sumOf(dmitri.counts)).toBe(dmitri?.owed)
    })
  })
}
