import type { Engine } from '@mensageria/core'
import { createCenterStore } from './intake/center-store.ts'
import { connectFirestore, type Connection } from './firestore/connect-firestore.ts'
import { createIntegrationStates } from './ledger/integration-states.ts'
import { createLedger } from './ledger/ledger.ts'
import type { LedgerOptions } from './open-ledger.ts'
import { createOutbox } from './intake/outbox.ts'
import { createIdentity } from './operations/identity.ts'
import { createUnreadableMessages } from './operations/unreadable-messages.ts'

export type { Rpc } from './firestore/call-transformer.ts'

/** The ports of what is accepted and delivered, over one client. */
export type GoogleCloudStore = Pick<
  Engine,
  'centers' | 'outbox' | 'ledger' | 'states' | 'unreadable' | 'identity'
> & {
  close: () => Promise<void>
}

/** The ports over one connection, which they close. */
export const createStore = (connection: Connection, integrations: readonly string[]): GoogleCloudStore => ({
  centers: createCenterStore(connection),
  outbox: createOutbox(connection),
  ledger: createLedger(connection, integrations),
  states: createIntegrationStates(connection),
  unreadable: createUnreadableMessages(connection),
  identity: createIdentity(connection),
  close: connection.close,
})

/** Opens what accepts and delivers, for registration and dead letters. Loads Firestore and never the Pub/Sub client. */
export const openGoogleCloudStore = async ({
  integrations,
  ...options
}: LedgerOptions): Promise<GoogleCloudStore> => createStore(await connectFirestore(options), integrations)
