import type { Stats } from '@mensageria/core'
import { openGoogleCloudOperations, type OperationsOptions } from '@mensageria/google-cloud/operations'
import {
  describeAuditLog,
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
import { useEmulators } from '@mensageria/testkit/emulators'
import { needs } from '@mensageria/testkit/needs'
import { randomUUID } from 'node:crypto'

const { describe } = needs('emulators')

beforeAll(useEmulators, 120_000)

const ALL = [{ name: 'senninha' }, { name: 'maas' }, { name: 'dmitri' }]

// A project of its own is an empty database on the emulator.
const open = (integrations: OperationsOptions['integrations'] = ALL) =>
  openGoogleCloudOperations({ projectId: `test-${randomUUID()}`, integrations })

// The figures are those of the last sweep: here each question is asked after one.
const openCounted = async (integrations: OperationsOptions['integrations']) => {
  const store = await open(integrations)
  const counted = async <T>(ask: () => Promise<T>): Promise<T> => {
    await store.countStats(Date.now())
    return ask()
  }
  const stats: Stats = {
    ofIntegration: (name) => counted(() => store.stats.ofIntegration(name)),
    failureGroups: (names) => counted(() => store.stats.failureGroups(names)),
    totals: () => counted(() => store.stats.totals()),
  }
  return { ...store, stats }
}

describe('with the emulators', () => {
  describeCenterStore('google-cloud', () => open())
  describeOutbox('google-cloud', () => open())
  describeLedger('google-cloud', () => open())
  describeIntegrationStates('google-cloud', () => open())
  describeUnreadableMessages('google-cloud', () => open())
  describeRedriveStore('google-cloud', () => open())
  describeAuditLog('google-cloud', () => open())
  describeAttemptCounts('google-cloud', () => open())
  describeFailureNotes('google-cloud', () => open())
  describeOrphanedRows('google-cloud', () => open())
  describeDeliverySearch('google-cloud', open)
  describeStats('google-cloud', openCounted)
  describeDailyStats('google-cloud', () => open())
})
