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
import { createAttemptCounts } from './stats/attempt-counts.ts'
import { createAuditLog } from './operations/audit-log.ts'
import { connectFirestore, type FirestoreOptions } from './firestore/connect-firestore.ts'
import { createCountFigures, type CountFigures } from './stats/count-figures.ts'
import { createDailyFigures } from './stats/daily-figures.ts'
import { createDeliverySearch } from './search/delivery-search.ts'
import { createFailureNotes } from './operations/failure-notes.ts'
import { createFigures } from './stats/figures.ts'
import type { SearchedIntegration } from './search/find-waiting.ts'
import { createStore, type GoogleCloudStore } from './open-store.ts'
import { createRedriveStore } from './operations/redrive-store.ts'
import { createStrayRows } from './ledger/stray-rows.ts'

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
