export { backoffMs, horizonHours } from './backoff.ts'
export { ACK_DEADLINE_MS, CALL_MS, HANDLER_MS, LEASE_MS, PUBLISH_MS } from './budget.ts'
export type { CallContext, ExternalCall } from './call.ts'
export { decideClaim, isLeased } from './decide-claim.ts'
export type { ClaimContext, ClaimDecision, ClaimRequest, SeenRow } from './decide-claim.ts'
export { decideOpenEvent, FIRST_LOOK_MS, lookGapMs } from './decide-open-event.ts'
export type { OpenEvent, OpenEventDecision, RowVersions } from './decide-open-event.ts'
export { decidePark } from './decide-park.ts'
export type { ParkDecision, ParkRequest } from './decide-park.ts'
export { decideSettle, recoveryDelayMs } from './decide-settle.ts'
export type { SettleContext, SettleDecision } from './decide-settle.ts'
export { createDeliver } from './deliver.ts'
export type { AttemptReport, Deliver, DeliverDeps, DeliverResult } from './deliver.ts'
export { blankRow, dueAtOf } from './delivery-row.ts'
export type { By, DeliveryRow, RowFailure, RowKey } from './delivery-row.ts'
export { initialRecovery, nextWindow, openedByDelivery, windowSize } from './next-window.ts'
export type { RecoveryState, WindowResult } from './next-window.ts'
export { failureByStatus, outcomeByStatus } from './outcome.ts'
export type { Answer, BodySchema, FailedOutcome, Outcome, Refusal } from './outcome.ts'
export { createPark } from './park.ts'
export type { Park } from './park.ts'
export { InvalidPageTokenError } from './ports.ts'
export type {
  CenterPage,
  CenterQuery,
  CenterStore,
  CenterWrite,
  Clock,
  CommitResult,
  IdempotencyRecord,
  IdempotencyWrite,
  Ids,
  IntegrationState,
  IntegrationStates,
  Ledger,
  Outbox,
  Publisher,
  PushedMessage,
  PushHandler,
  ReadRow,
  Revision,
  StoredCenter,
} from './ports.ts'
export { createPublish } from './publish.ts'
export type { Publish } from './publish.ts'
export { createRecover } from './recover.ts'
export type { Recover, Recovered } from './recover.ts'
export type { HandOver } from './send-window.ts'
export { createRegister, IDEMPOTENCY_MS } from './register.ts'
export type { Register, RegisterRequest, RegisterResult } from './register.ts'
export { retryAfterMs } from './retry-after.ts'
export { isOwn, toSettings } from './settings.ts'
export type { IntegrationSettings, RecoveryPolicy, RetryPolicy } from './settings.ts'
export { createSweep, recoveryNews } from './sweep.ts'
export type { RecoveryNews, Sweep, SweepReport } from './sweep.ts'
export { createSweepEvents } from './sweep-events.ts'
export { toDelivery } from './to-delivery.ts'
export { createUpdate } from './update.ts'
export type { ExpectedVersion, Update, UpdateRequest, UpdateResult } from './update.ts'
