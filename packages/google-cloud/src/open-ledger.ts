import type { Engine, Stats } from '@mensageria/core'
import { createAttemptCounts } from './stats/attempt-counts.ts'
import { connectFirestore, type FirestoreOptions } from './firestore/connect-firestore.ts'
import { createIntegrationStates } from './ledger/integration-states.ts'
import { createLedger } from './ledger/ledger.ts'

export type LedgerOptions = FirestoreOptions & {
  /** Every integration that rows are asked for; an integration's own process needs its own name alone. */
  integrations: readonly string[]
}

/** What an integration needs of the engine: its rows, its state, and where its attempts are counted. */
export type GoogleCloudLedger = Pick<Engine, 'ledger' | 'states'> & {
  stats: Pick<Stats, 'addAttempts'>
  close: () => Promise<void>
}

/** Opens the ledger alone. Loads Firestore and never the Pub/Sub client: a push subscriber speaks plain HTTP. */
export const openGoogleCloudLedger = async ({
  integrations,
  ...options
}: LedgerOptions): Promise<GoogleCloudLedger> => {
  const connection = await connectFirestore(options)
  return {
    ledger: createLedger(connection, integrations),
    states: createIntegrationStates(connection),
    stats: createAttemptCounts(connection),
    close: connection.close,
  }
}
