export { composeDeliverer, composeIntake, composeOperations, composePark, composeSweeper } from './compose.ts'
export type { Base, DelivererOptions, Intake, Operations, SweeperOptions } from './compose.ts'
export type { Engine } from './engine.ts'
export { backoffMs, horizonHours } from './deliver/backoff.ts'
export type { CallContext, ExternalCall } from './deliver/call.ts'
export { conceal } from './deliver/conceal.ts'
export { isLeased } from './deliver/decide-claim.ts'
export type { AttemptReport, Deliver, DeliverResult } from './deliver/deliver.ts'
export { createOrUpdate } from './deliver/create-or-update.ts'
export type { CreateOrUpdate, Existing } from './deliver/create-or-update.ts'
export { failureByStatus, outcomeByStatus } from './deliver/outcome.ts'
export type { BodySchema, Expected, FailedOutcome, HttpResult, Outcome, Refusal } from './deliver/outcome.ts'
export { retryAfterMs } from './deliver/retry-after.ts'
export { IDEMPOTENCY_MS } from './intake/register.ts'
export type { Register, RegisterRequest, RegisterResult } from './intake/register.ts'
export type { ExpectedVersion, Update, UpdateRequest, UpdateResult } from './intake/update.ts'
export { ACK_DEADLINE_MS, CALL_MS, HANDLER_MS, HANDOVERS_MAX, LEASE_MS, PUBLISH_MS } from './model/budget.ts'
export type { DeliveryFilter, ShownState } from './model/delivery-filter.ts'
export { blankRow, dueAtOf, NONE_DELIVERED, triggerName } from './model/delivery-row.ts'
export type { DeliveredBy, DeliveryRow, DeliveryTrigger, RowFailure, RowKey } from './model/delivery-row.ts'
export { eventsDue, isDueAt, rowsDue } from './model/due.ts'
export { believedGroup, believedStats } from './stats/believed-stats.ts'
export { hasHappened, notAfter, retentionTime } from './model/believed.ts'
export type { Due } from './model/due.ts'
export type { FoundDelivery } from './model/found-delivery.ts'
export type { IntegrationState, Membership, Outage, Pause, RealSystem } from './model/integration-state.ts'
export type { OpenEvent, RowVersions } from './model/open-event.ts'
export type { RecoveryState } from './model/recovery-state.ts'
export { isSettledBySimulator } from './model/simulated.ts'
export type {
  Redrive,
  RedriveFilter,
  RedriveLane,
  RedriveRequest,
  RedriveWithLanes,
} from './model/redrive.ts'
export { toSettings } from './model/settings.ts'
export type { IntegrationSettings, RecoveryPolicy, RetryPolicy } from './model/settings.ts'
export { AUDIT_KEPT_MS } from './model/audit-entry.ts'
export { REDRIVE_KEPT_MS } from './model/redrive.ts'
export { auditOf } from './intake/audit-of.ts'
export { createPacing } from './pace/pacing.ts'
export type { Pacing } from './pace/pacing.ts'
export { parseStoredAudit, parseStoredRedrive, parseStoredRow, readDeliveredBy } from './model/stored.ts'
export type { AnnotateFailures } from './operate/annotate-failures.ts'
export type { Pauses } from './operate/pauses.ts'
export type { Park } from './park/park.ts'
export { InvalidPageTokenError } from './ports/index.ts'
export type * from './ports/index.ts'
export { decideHealth } from './recovery/decide-health.ts'
export type { Health } from './recovery/decide-health.ts'
export type { Recovered } from './recovery/recover.ts'
export type { HandOver } from './recovery/send-window.ts'
export { newRedrive } from './redrive/decide.ts'
export type { Redrives } from './redrive/service.ts'
export { progressOf } from './redrive/transitions.ts'
export type { RedriveAction, RedriveProgress } from './redrive/transitions.ts'
export {
  answeredAt,
  canMatchWaiting,
  compareFound,
  isInScope,
  isOwed,
  matches,
  shownState,
  textMatches,
  timeOf,
} from './search/matches.ts'
export { toDelivery } from './search/to-delivery.ts'
export {
  countByState,
  emptyCounts,
  isBalanced,
  isFailing,
  isTransient,
  SHOWN_STATES,
  sumOf,
} from './stats/counts.ts'
export { dayOf, toDailyReport } from './stats/daily-report.ts'
export type { DailyReport, ReportDaily } from './stats/daily-report.ts'
export { FIRST_CHECK_MS } from './sweep/decide-open-event.ts'
export { healthChangeOf } from './sweep/health-watch.ts'
export type { MembershipPolicy } from './sweep/decide-membership.ts'
export { backfillRate, planBackfill } from './sweep/plan-backfill.ts'
export type { BackfillPlan } from './sweep/plan-backfill.ts'
export type { MaintenanceTask, SweepNotice, SweepObserver } from './sweep/sweep-notice.ts'
export type { Sweep, SweepReport } from './sweep/sweep.ts'
