import { openEmbedded, type SubscriptionSettings } from '@mensageria/embedded'
import { describeBroker, describeCenterStore, describeLedger, describeOutbox } from '@mensageria/testkit'
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

for (const [name, open] of [
  ['embedded, in memory', inMemory],
  ['embedded, in a folder', inFolder],
] as const) {
  describeCenterStore(name, () => open())
  describeOutbox(name, () => open())
  describeLedger(name, () => open())
  describeBroker(name, open)
}
