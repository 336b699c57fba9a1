import { openEmbedded, type SubscriptionSettings } from '@mensageria/embedded'
import {
  deliveryRowOf,
  describeAuditLog,
  describeBroker,
  describeCenterStore,
  describeAttemptCounts,
  describeDailyStats,
  describeDeliverySearch,
  describeFailureNotes,
  describeStats,
  describeIntegrationStates,
  describeLedger,
  describeOutbox,
  describeRedriveStore,
  describeOrphanedRows,
  describeUnreadableMessages,
} from '@mensageria/testkit'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const openIn = (dataDir: string, subscriptions: readonly SubscriptionSettings[] = []) => {
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

const inMemory = async (subscriptions?: readonly SubscriptionSettings[]) => openIn(':memory:', subscriptions)

const inFolder = async (subscriptions?: readonly SubscriptionSettings[]) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'mensageria-conformance-'))
  const engine = openIn(dataDir, subscriptions)
  const close = async () => {
    await engine.close()
    await rm(dataDir, { recursive: true, force: true })
  }
  return { ...engine, close }
}

const toSubscriptions = (integrations: readonly { name: string; since?: number }[]) =>
  integrations.map((integration) => ({
    ...integration,
    retry: { minBackoffMs: 10, maxBackoffMs: 100, attemptsMax: 5 },
    concurrencyMax: 1,
  }))

for (const [name, open] of [
  ['embedded, in memory', inMemory],
  ['embedded, in a folder', inFolder],
] as const) {
  describeCenterStore(name, () => open())
  describeOutbox(name, () => open())
  describeLedger(name, () => open())
  describeIntegrationStates(name, () => open())
  describeUnreadableMessages(name, () => open())
  describeRedriveStore(name, () => open())
  describeOrphanedRows(name, () => open())
  describeAuditLog(name, () => open())
  describeDailyStats(name, () => open())
  describeAttemptCounts(name, () => open())
  describeFailureNotes(name, () => open())
  describeDeliverySearch(name, (integrations) => open(toSubscriptions(integrations)))
  describeStats(name, (integrations) => open(toSubscriptions(integrations)))
  describeBroker(name, open)
}

// One process does all deliveries, so this engine knows what the port lets others leave open.
test('embedded notes when an integration last had a success', async () => {
  const { ledger, close } = await inMemory()
  const revision = (await ledger.create(deliveryRowOf('a'))) ?? ''
  const before = Date.now()
  await ledger.replace(deliveryRowOf('a', { state: 'delivered' }), revision)
  expect(await ledger.lastDeliveredAt('maas')).toBeGreaterThanOrEqual(before)
  expect(await ledger.lastDeliveredAt('dmitri')).toBeUndefined()
  await close()
})
