import type { Figures } from '@mensageria/core'
import { openGoogleCloudOperations, type OperationsOptions } from '@mensageria/google-cloud/operations'
import {
  describeAuditLog,
  describeCenterStore,
  describeAttemptCounts,
  describeDailyFigures,
  describeDeliverySearch,
  describeFailureNotes,
  describeFigures,
  describeIntegrationStates,
  describeLedger,
  describeOutbox,
  describeRedriveStore,
  describeStrayRows,
  describeUndecodableMessages,
} from '@mensageria/testkit'
import { useEmulators } from '@mensageria/testkit/emulators'
import { randomUUID } from 'node:crypto'

beforeAll(useEmulators, 120_000)

const ALL = [{ name: 'senninha' }, { name: 'maas' }, { name: 'dmitri' }]

// A project of its own is an empty database on the emulator.
const open = (integrations: OperationsOptions['integrations'] = ALL) =>
  openGoogleCloudOperations({ projectId: `test-${randomUUID()}`, integrations })

// The figures are those of the last sweep: here each question is asked after one.
const openCounted = async (integrations: OperationsOptions['integrations']) => {
  const store = await open(integrations)
  const counted = async <T>(ask: () => Promise<T>): Promise<T> => {
    await store.countFigures(Date.now())
    return ask()
  }
  const figures: Figures = {
    ofIntegration: (name) => counted(() => store.figures.ofIntegration(name)),
    failureGroups: (names) => counted(() => store.figures.failureGroups(names)),
    totals: () => counted(() => store.figures.totals()),
  }
  return { ...store, figures }
}

describeCenterStore('google-cloud', () => open())
describeOutbox('google-cloud', () => open())
describeLedger('google-cloud', () => open())
describeIntegrationStates('google-cloud', () => open())
describeUndecodableMessages('google-cloud', () => open())
describeRedriveStore('google-cloud', () => open())
describeAuditLog('google-cloud', () => open())
describeAttemptCounts('google-cloud', () => open())
describeFailureNotes('google-cloud', () => open())
describeStrayRows('google-cloud', () => open())
describeDeliverySearch('google-cloud', open)
describeFigures('google-cloud', openCounted)
describeDailyFigures('google-cloud', () => open())
