import type { CenterStore, Identity, Ids, Intake, IntegrationSettings, Ledger } from '@mensageria/core'

/** What the routes stand on; the process that composes them opens and closes it. */
export type RegistrationDeps = Intake & {
  centers: CenterStore
  ledger: Pick<Ledger, 'ofCenter'>
  identity: Identity
  /** Begins a trace for a caller that sent none. */
  ids: Pick<Ids, 'traceparent'>
  /** The configured integrations, in the order in which deliveries are listed. */
  integrations: readonly IntegrationSettings[]
}
