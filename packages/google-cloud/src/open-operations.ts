import type {
  AttemptCounts,
  AuditLog,
  DailyFigures,
  DeliverySearch,
  FailureNotes,
  Figures,
  RedriveStore,
  StrayRows,
} from '@mensageria/core'
import { createAttemptCounts } from './attempt-counts.ts'
import { createAuditLog } from './audit-log.ts'
import { connectFirestore, type FirestoreOptions } from './connect-firestore.ts'
import { createCountFigures, type CountFigures } from './count-figures.ts'
import { createDailyFigures } from './daily-figures.ts'
import { createDeliverySearch } from './delivery-search.ts'
import { createFailureNotes } from './failure-notes.ts'
import { createFigures } from './figures.ts'
import type { SearchedIntegration } from './find-waiting.ts'
import { createStore, type GoogleCloudStore } from './open-store.ts'
import { createRedriveStore } from './redrive-store.ts'
import { createStrayRows } from './stray-rows.ts'

export type OperationsOptions = FirestoreOptions & {
  /** Every configured integration. */
  integrations: readonly SearchedIntegration[]
}

/** Every port that Firestore answers, those for people among them. */
export type GoogleCloudOperations = GoogleCloudStore & {
  search: DeliverySearch
  figures: Figures
  countFigures: CountFigures
  daily: DailyFigures
  attempts: AttemptCounts
  redrives: RedriveStore
  audit: AuditLog
  notes: FailureNotes
  strays: StrayRows
}

/** Opens the whole store with what people ask for: for sweeper and console. Never loads the Pub/Sub client. */
export const openGoogleCloudOperations = async ({
  integrations,
  ...options
}: OperationsOptions): Promise<GoogleCloudOperations> => {
  const connection = await connectFirestore(options)
  const names = integrations.map(({ name }) => name)
  const figures = createFigures(connection, integrations)
  const count = createCountFigures(connection, integrations)
  return {
    ...createStore(connection, names),
    search: createDeliverySearch(connection, integrations),
    figures,
    countFigures: async (now) => {
      const unaccounted = await count(now)
      figures.forget()
      return unaccounted
    },
    daily: createDailyFigures(connection, figures.latest),
    attempts: createAttemptCounts(connection),
    redrives: createRedriveStore(connection),
    audit: createAuditLog(connection),
    notes: createFailureNotes(connection),
    strays: createStrayRows(connection),
  }
}
