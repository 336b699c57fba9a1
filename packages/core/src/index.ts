export type { Redrive, RedriveFilter, RedriveRequest } from './model/redrive.ts'
export type { DeliveryFilter, ShownState } from './model/delivery-filter.ts'
export type { RecoveryState } from './model/recovery-state.ts'
export type { OpenEvent, RowVersions } from './model/open-event.ts'
export { backoffMs, horizonHours } from './deliver/backoff.ts'
export { ACK_DEADLINE_MS, CALL_MS, HANDLER_MS, LEASE_MS, PUBLISH_MS } from './model/budget.ts'
export type { CallContext, ExternalCall } from './deliver/call.ts'
export { decideClaim, isLeased } from './deliver/decide-claim.ts'
export type { ClaimContext, ClaimDecision, ClaimRequest, SeenRow } from './deliver/decide-claim.ts'
export { decideOpenEvent, FIRST_CHECK_MS, recheckAfterMs } from './sweep/decide-open-event.ts'
export type { OpenEventDecision } from './sweep/decide-open-event.ts'
export { decidePark } from './park/decide-park.ts'
export type { ParkDecision, ParkRequest } from './park/decide-park.ts'
export { decideSettle, recoveryDelayMs } from './deliver/decide-settle.ts'
export type { SettleContext, SettleDecision } from './deliver/decide-settle.ts'
export { createDeliver } from './deliver/deliver.ts'
export type { AttemptReport, Deliver, DeliverDeps, DeliverResult } from './deliver/deliver.ts'
export { blankRow, dueAtOf, NONE_DELIVERED } from './model/delivery-row.ts'
export type { DeliveryTrigger, DeliveryRow, RowFailure, RowKey, DeliveredBy } from './model/delivery-row.ts'
export { initialRecovery, nextWindow, openedByDelivery, windowSize } from './recovery/next-window.ts'
export type { WindowResult } from './recovery/next-window.ts'
export { failureByStatus, outcomeByStatus } from './deliver/outcome.ts'
export type { HttpResult, BodySchema, FailedOutcome, Outcome, Refusal } from './deliver/outcome.ts'
export { parseStoredAudit, parseStoredRow, readDeliveredBy } from './model/stored.ts'
export { createPark } from './park/park.ts'
export type { Park } from './park/park.ts'
export { InvalidPageTokenError } from './ports/index.ts'
export type {
  AuditEntry,
  AttemptCounts,
  AuditLog,
  CenterPage,
  CenterQuery,
  CenterStore,
  CenterWrite,
  Clock,
  CommitResult,
  DailyStats,
  DayCounts,
  DeliveryPage,
  DeliverySearch,
  FailureGroup,
  FailureNote,
  FailureNotes,
  Stats,
  FoundDelivery,
  IdempotencyRecord,
  IdempotencyWrite,
  Ids,
  IntegrationStats,
  IntegrationState,
  IntegrationStates,
  Ledger,
  MinuteOfAttempts,
  Outbox,
  Pause,
  Publisher,
  PushedMessage,
  PushHandler,
  ReadRow,
  RedriveStore,
  Revision,
  StateCounts,
  StoredCenter,
  OrphanedRows,
  UnreadableMessage,
  UnreadableMessages,
} from './ports/index.ts'
export { createPublish } from './intake/publish.ts'
export type { Publish } from './intake/publish.ts'
export { createRateBudgets } from './recovery/rate-budget.ts'
export type { RateBudgets } from './recovery/rate-budget.ts'
export { createRecover } from './recovery/recover.ts'
export type { Recover, Recovered } from './recovery/recover.ts'
export type { HandOver } from './recovery/send-window.ts'
export { createRegister, IDEMPOTENCY_MS } from './intake/register.ts'
export type { Register, RegisterRequest, RegisterResult } from './intake/register.ts'
export { retryAfterMs } from './deliver/retry-after.ts'
export { createRetire } from './sweep/retire.ts'
export type { Retire } from './sweep/retire.ts'
export { isInScope, toSettings } from './model/settings.ts'
export type { IntegrationSettings, RecoveryPolicy, RetryPolicy } from './model/settings.ts'
export { createSweep, healthChangeOf } from './sweep/sweep.ts'
export type { HealthChange, Sweep, SweepReport } from './sweep/sweep.ts'
export { createSweepEvents } from './sweep/sweep-events.ts'
export { toDelivery } from './search/to-delivery.ts'
export { createUpdate } from './intake/update.ts'
export type { ExpectedVersion, Update, UpdateRequest, UpdateResult } from './intake/update.ts'
export { decideHealth } from './recovery/decide-health.ts'
export type { Health } from './recovery/decide-health.ts'
export { createAnnotateFailures } from './operate/annotate-failures.ts'
export type { AnnotateFailures } from './operate/annotate-failures.ts'
export { createBackfill } from './sweep/backfill.ts'
export type { Backfill } from './sweep/backfill.ts'
export { createDailyReport, dayOf, toDailyReport } from './stats/daily-report.ts'
export type { DailyReport, ReportDaily } from './stats/daily-report.ts'
export { createPauseIntegration } from './operate/pause-integration.ts'
export type { PauseIntegration } from './operate/pause-integration.ts'
export { newRedrive, shownState } from './redrive/redrive.ts'
export { isActive, progressOf } from './redrive/redrive-steps.ts'
export type { RedriveAction } from './redrive/redrive-steps.ts'
export { createRequestRedrive } from './redrive/request-redrive.ts'
export type { RequestRedrive } from './redrive/request-redrive.ts'
export { createRunRedrives } from './redrive/run-redrives.ts'
export type { RunRedrives } from './redrive/run-redrives.ts'
