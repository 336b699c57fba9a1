import type {
  AttemptCounts,
  AuditLog,
  DailyStats,
  DeliverySearch,
  FailureNotes,
  Stats,
  RedriveStore,
  OrphanedRows,
} from '@mensageria/core'
import { createAttemptCounts } from './stats/attempt-counts.ts'
import { createAuditLog } from './operations/audit-log.ts'
import { connectFirestore, type FirestoreOptions } from './firestore/connect-firestore.ts'
import { createCountStats, type CountStats } from './stats/count-stats.ts'
import { createDailyStats } from './stats/daily-stats.ts'
import { createDeliverySearch } from './search/delivery-search.ts'
import { createFailureNotes } from './operations/failure-notes.ts'
import { createStats } from './stats/stats.ts'
import type { SearchedIntegration } from './search/find-waiting.ts'
import { createStore, type GoogleCloudStore } from './open-store.ts'
import { createRedriveStore } from './operations/redrive-store.ts'
import { createOrphanedRows } from './ledger/orphaned-rows.ts'

export type OperationsOptions = FirestoreOptions & {
  /** Every configured integration. */
  integrations: readonly SearchedIntegration[]
}

/** Every port that Firestore answers, those for people among them. */
export type GoogleCloudOperations = GoogleCloudStore & {
  search: DeliverySearch
  stats: Stats
  countStats: CountStats
  daily: DailyStats
  attempts: AttemptCounts
  redrives: RedriveStore
  audit: AuditLog
  notes: FailureNotes
  orphans: OrphanedRows
}

/** Opens the whole store with what people ask for: for sweeper and console. Never loads the Pub/Sub client. */
export const openGoogleCloudOperations = async ({
  integrations,
  ...options
}: OperationsOptions): Promise<GoogleCloudOperations> => {
  const connection = await connectFirestore(options)
  const names = integrations.map(({ name }) => name)
  const stats = createStats(connection, integrations)
  const count = createCountStats(connection, integrations)
  return {
    ...createStore(connection, names),
    search: createDeliverySearch(connection, integrations),
    stats,
    countStats: async (now) => {
      const unaccounted = await count(now)
      stats.forget()
      return unaccounted
    },
    daily: createDailyStats(connection, stats.latest),
    attempts: createAttemptCounts(connection),
    redrives: createRedriveStore(connection),
    audit: createAuditLog(connection),
    notes: createFailureNotes(connection),
    orphans: createOrphanedRows(connection),
  }
}
