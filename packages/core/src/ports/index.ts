export type { Revision } from './revision.ts'
export type { Clock, Ids } from './clock-ids.ts'
export { InvalidPageTokenError } from './page.ts'
export type {
  StoredCenter,
  IdempotencyRecord,
  IdempotencyWrite,
  CenterWrite,
  CommitResult,
  CenterQuery,
  CenterPage,
  CenterStore,
} from './center-store.ts'
export type { Outbox } from './outbox.ts'
export type { ReadRow, Ledger, OrphanedRows } from './ledger.ts'
export type { Pause, IntegrationState, IntegrationStates } from './integration-states.ts'
export type { FoundDelivery, DeliveryPage, DeliverySearch } from './search.ts'
export type {
  FailureGroup,
  StateCounts,
  IntegrationStats,
  Stats,
  DayCounts,
  DailyStats,
  MinuteOfAttempts,
  AttemptCounts,
} from './stats.ts'
export type {
  FailureNote,
  FailureNotes,
  RedriveStore,
  AuditEntry,
  AuditLog,
  UnreadableMessage,
  UnreadableMessages,
} from './operations.ts'
export type { Publisher, PushedMessage, PushHandler } from './publisher.ts'
