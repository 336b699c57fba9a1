import type { CenterStore, Ids, IntegrationSettings, Ledger, Register, Update } from '@mensageria/core'
import type { FastifyRequest } from 'fastify'

/** What the routes stand on; the process that composes them opens and closes it. */
export type RegistrationDeps = {
  centers: CenterStore
  ledger: Pick<Ledger, 'ofCenter'>
  register: Register
  update: Update
  ids: Ids
  /** The configured integrations, in the order in which deliveries are listed. */
  integrations: readonly IntegrationSettings[]
  /** The caller, to whom idempotency keys belong; who signed in unless given. */
  identify?: (request: FastifyRequest) => string
}
