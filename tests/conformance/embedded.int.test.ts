import { openEmbedded, type Embedded, type SubscriptionSettings } from '@mensageria/embedded'
import {
  deliveryRowOf,
  describeBroker,
  describeEngine,
  type EngineUnderTest,
  type ListedIntegration,
} from '@mensageria/testkit'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const openIn = (dataDir: string, subscriptions: readonly SubscriptionSettings[]) => {
  const errors: unknown[] = []
  const engine = openEmbedded({ dataDir, subscriptions, onError: (error) => errors.push(error) })
  const close = async () => {
    // An empty write: what was on its way to the disk before it is there when it resolves.
    await engine.outbox.close([], 0)
    engine.close()
    expect(errors).toEqual([])
  }
  return { ...engine, close }
}

const toSubscriptions = (integrations: readonly ListedIntegration[]): SubscriptionSettings[] =>
  integrations.map((integration) => ({
    ...integration,
    retry: { minBackoffMs: 10, maxBackoffMs: 100, attemptsMax: 5 },
    concurrencyMax: 1,
  }))

const newFolder = () => mkdtemp(join(tmpdir(), 'mensageria-conformance-'))

const engineIn = (dataDir: string, integrations: readonly ListedIntegration[]): EngineUnderTest => {
  const engine = openIn(dataDir, toSubscriptions(integrations))
  const underTest: EngineUnderTest = {
    ...engine,
    reopen: async (others) => {
      await engine.close()
      return engineIn(dataDir, others)
    },
    // Nobody else gets at the file while the engine has it.
    damage: async ({ integration, centerId }) => {
      await engine.close()
      const db = new DatabaseSync(join(dataDir, 'mensageria.db'))
      db.prepare('DELETE FROM deliveries WHERE integration = ? AND center_id = ?').run(integration, centerId)
      db.close()
      Object.assign(underTest, engineIn(dataDir, integrations))
    },
    close: async () => {
      await engine.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
  return underTest
}

describeEngine('embedded', async (integrations) => engineIn(await newFolder(), integrations))

describeBroker('embedded, in memory', async (subscriptions) => openIn(':memory:', subscriptions))
describeBroker('embedded, in a folder', async (subscriptions) => {
  const dataDir = await newFolder()
  const engine = openIn(dataDir, subscriptions)
  const close = async () => {
    await engine.close()
    await rm(dataDir, { recursive: true, force: true })
  }
  return { ...engine, close }
})

// One process does all deliveries, so this engine knows what the port lets others leave open.
test('embedded notes when an integration last had a success', async () => {
  const engine: Embedded = openEmbedded({ dataDir: ':memory:', subscriptions: [], onError: () => undefined })
  const { ledger } = engine
  const revision = (await ledger.create(deliveryRowOf('a'))) ?? ''
  const before = Date.now()
  await ledger.replace(deliveryRowOf('a', { state: 'delivered' }), revision)
  expect(await ledger.lastDeliveredAt('maas')).toBeGreaterThanOrEqual(before)
  expect(await ledger.lastDeliveredAt('dmitri')).toBeUndefined()
  engine.close()
})
