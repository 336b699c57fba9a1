export type { Revision } from './revision.ts'
export type { Clock, Ids } from './clock-ids.ts'
export { InvalidPageTokenError } from './page.ts'
export type {
  CenterPage,
  CenterQuery,
  CenterStore,
  CenterWrite,
  CommitResult,
  IdempotencyRecord,
  IdempotencyWrite,
  StoredCenter,
} from './center-store.ts'
export type { Identity } from './identity.ts'
export type { Outbox } from './outbox.ts'
export type { Ledger, ReadRow } from './ledger.ts'
export type { IntegrationStates } from './integration-states.ts'
export type { DeliveryPage, DeliverySearch } from './search.ts'
export type {
  DayCounts,
  FailureGroup,
  IntegrationStats,
  MinuteOfAttempts,
  StateCounts,
  Stats,
  Totals,
  Unaccounted,
} from './stats.ts'
export type { AuditEntry } from '../model/audit-entry.ts'
export type {
  AuditLog,
  FailureNote,
  FailureNotes,
  ReadRedrive,
  RedriveStore,
  UnreadableMessage,
  UnreadableMessages,
} from './operations.ts'
export type { Publisher } from './publisher.ts'
