import type { Engine } from '@mensageria/core'
import { createAuditLog } from './operations/audit-log.ts'
import { connectFirestore, type FirestoreOptions } from './firestore/connect-firestore.ts'
import { createDeliverySearch } from './search/delivery-search.ts'
import type { SearchedIntegration } from './search/searched-integration.ts'
import { createFailureNotes } from './operations/failure-notes.ts'
import { createStats } from './stats/stats.ts'
import { createStore } from './open-store.ts'
import { createRedriveStore } from './operations/redrive-store.ts'

export type OperationsOptions = FirestoreOptions & {
  /** Every configured integration. */
  integrations: readonly SearchedIntegration[]
}

/** The whole engine but its broker. */
export type GoogleCloudOperations = Engine & { close: () => Promise<void> }

/** Opens the whole store with what people ask for: for sweeper and console. Never loads the Pub/Sub client. */
export const openGoogleCloudOperations = async ({
  integrations,
  ...options
}: OperationsOptions): Promise<GoogleCloudOperations> => {
  const connection = await connectFirestore(options)
  const names = integrations.map(({ name }) => name)
  return {
    ...createStore(connection, names),
    search: createDeliverySearch(connection, integrations),
    stats: createStats(connection, integrations),
    redrives: createRedriveStore(connection),
    audit: createAuditLog(connection),
    notes: createFailureNotes(connection),
    // Policies of the database delete what has expired (firestore.indexes.json).
    purge: async () => 0,
  }
}
