import type { Delivery, DistributionCenter } from '@mensageria/contracts'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { createOperations, type Operations } from '../support/operations.ts'
import { BY_CODE, WITHOUT_DMITRI, type IntegrationList } from '../support/own-list.ts'
import { auditOf, expectPromisesKept } from '../support/promises.ts'
import { deliveriesOf, SYSTEMS, type TestSystem } from '../support/system.ts'
import { untilDelivered } from '../support/until.ts'
import { waitFor } from '@mensageria/testkit/wait-for'

/** A running system whose list of integrations changes by a deployment. */
export type LifeSystem = Pick<TestSystem, 'simulator' | 'client'> & {
  url: string
  operationsUrl: string
  /** What a delivery that fails comes to within seconds here. */
  failing: readonly Delivery['state'][]
  /** Rolls this list out to every process; an integration that the list lacks loses its subscription. */
  deploy(list: IntegrationList): Promise<void>
  close(): Promise<void>
}

/**
 * The life of an integration, told to each engine alike: it comes after centers were accepted and their events closed, is
 * missing for a while, and is back. `open` starts a system on WITHOUT_DMITRI.
 */
export const describeIntegrationLife = (engine: string, open: () => Promise<LifeSystem>): void => {
  describe(`row 49: the life of an integration on ${engine}`, () => {
    let system: LifeSystem
    let operations: Operations
    let last = 0
    const centers: DistributionCenter[] = []
    beforeAll(async () => {
      system = await open()
      operations = createOperations(system.operationsUrl)
    }, 240_000)
    afterAll(() => system.close())

    const register = async (count: number) => {
      const accepted = await Promise.all(
        Array.from({ length: count }, () =>
          system.client.register(system.url, sampleRegistration((last += 1))),
        ),
      )
      centers.push(...accepted)
      return accepted
    }
    // Stats may be of a moment before the last registration: then they say nothing of its event.
    const closed = () =>
      waitFor(`${centers.length} centers accepted, and no open event`, () => operations.summary(), {
        until: ({ accepted, openEvents }) => accepted === centers.length && openEvents === 0,
      })
    const deliveredEverywhere = () =>
      untilDelivered(
        system.url,
        centers.map(({ id }) => id),
      )
    const statesAt = (name: string, some: readonly DistributionCenter[]) =>
      Promise.all(some.map(async ({ id }) => (await deliveriesOf(system.url, id))[name]?.state))
    // A missing integration has rows that nobody counts; a listed one owes every center, in one state or another.
    const untilAccounted = async (names: readonly string[]) => {
      const isWhole = (sums: readonly number[]) => sums.every((sum) => sum === centers.length)
      const sums = async () => {
        const counted = await Promise.all(names.map((name) => operations.integration(name)))
        return counted.map(({ counts }) => Object.values(counts).reduce((sum, count) => sum + count, 0))
      }
      await waitFor(`${centers.length} deliveries in some state at each of ${names.join(', ')}`, sums, {
        until: isWhole,
      })
    }

    test('one that is new gets every center there is by itself, and its owner sees why', async () => {
      await register(4)
      await closed()
      await untilAccounted(['senninha', 'maas'])
      await system.deploy(BY_CODE)
      // Before its backfill has begun they wait, visibly: what is owed is known from the rows, not from open events.
      await untilAccounted(SYSTEMS)
      await deliveredEverywhere()
      expect(system.simulator.summaryOf('dmitri').effects).toBe(centers.length)
      const [entry] = await auditOf(system.operationsUrl)
      expect(entry).toMatchObject({ actor: 'system', action: 'redrive.create' })
    })

    test('one that a rolled-back image lacked for a while keeps its backlog, and gets what it missed', async () => {
      system.simulator.setDials('dmitri', { mode: 'down' })
      const before = await register(2)
      await waitFor('a failure of each at dmitri', () => statesAt('dmitri', before), {
        until: (states) => states.every((state) => state !== undefined && system.failing.includes(state)),
      })

      await system.deploy(WITHOUT_DMITRI)
      await register(2)
      const [first] = centers
      if (!first) throw new Error('The first story has not registered any center')
      const name = `${first.name} Novo`
      expect((await system.client.put(system.url, { ...sampleRegistration(1), name }, 1)).status).toBe(200)
      await closed()
      await untilAccounted(['senninha', 'maas'])
      expect(
        (await auditOf(system.operationsUrl)).filter(({ action }) => action === 'integration.retire'),
      ).toEqual([])

      system.simulator.setDials('dmitri', {})
      await system.deploy(BY_CODE)
      await untilAccounted(SYSTEMS)
      await deliveredEverywhere()
      expect((await deliveriesOf(system.url, first.id))['dmitri']?.deliveredVersion).toBe(2)
      // Each version of each center once: four, two, two, and the change of the first.
      expect(system.simulator.summaryOf('dmitri').effects).toBe(9)
    })

    afterEach(() => expectPromisesKept(system, system.url), 180_000)
  })
}
