import type { IntegrationStates, Ledger } from '@mensageria/delivery'
import { connectFirestore, type FirestoreOptions } from './connect-firestore.ts'
import { createIntegrationStates } from './integration-states.ts'
import { createLedger } from './ledger.ts'

export type LedgerOptions = FirestoreOptions & {
  /** Every integration that rows are asked for; an integration's own process needs its own name alone. */
  integrations: readonly string[]
}

/** What an integration needs of the engine: its rows and its state. */
export type GoogleCloudLedger = { ledger: Ledger; states: IntegrationStates; close: () => Promise<void> }

/** Opens the ledger alone. Loads Firestore and never the Pub/Sub client: a push subscriber speaks plain HTTP. */
export const openGoogleCloudLedger = async ({
  integrations,
  ...options
}: LedgerOptions): Promise<GoogleCloudLedger> => {
  const connection = await connectFirestore(options)
  return {
    ledger: createLedger(connection, integrations),
    states: createIntegrationStates(connection),
    close: connection.close,
  }
}
