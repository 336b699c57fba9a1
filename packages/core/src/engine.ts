import type {
  AuditLog,
  CenterStore,
  DeliverySearch,
  FailureNotes,
  Identity,
  IntegrationStates,
  Ledger,
  Outbox,
  RedriveStore,
  Stats,
  UnreadableMessages,
} from './ports/index.ts'

/**
 * The ports that an engine offers: the only list of them. Each has a conformance suite in testkit that every engine passes,
 * and which defines it. A process that needs less takes `Pick<Engine, ...>`.
 */
export type Engine = {
  centers: CenterStore
  outbox: Outbox
  ledger: Ledger
  states: IntegrationStates
  search: DeliverySearch
  stats: Stats
  redrives: RedriveStore
  audit: AuditLog
  notes: FailureNotes
  unreadable: UnreadableMessages
  identity: Identity
  /**
   * Deletes what may expire, in an engine whose store does not do so by itself. `elapsedMs` is the time since the purge before
   * it, by a clock that does not jump: what only a jump made old stays (`retentionTime`). Resolves with how many went.
   */
  purge(now: number, elapsedMs?: number): Promise<number>
}
