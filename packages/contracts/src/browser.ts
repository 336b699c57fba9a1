// What a page needs of the contracts, without the table of 5,570 municipalities: that is loaded by who checks an address.
export { Me, Role } from './caller.ts'
export { Delivery, FailureKind } from './delivery.ts'
export type { Attempt } from './delivery.ts'
export { DistributionCenter } from './center/distribution-center.ts'
export {
  AuditAction,
  AuditEntry,
  UnreadableMessage,
  FailureGroup,
  FailureNote,
  Integration,
  RecentAttempts,
  Redrive,
  RedriveDryRun,
  Summary,
} from './operations.ts'
export type { RedriveFilter, ShownState } from './operations.ts'
export { Problem } from './problem.ts'
export {
  AUDIT_WORDS,
  HEALTH_WORDS,
  INTEGRATION_KIND_WORDS,
  KIND_WORDS,
  labelOf,
  labelOfMany,
  reasonLabel,
  REDRIVE_WORDS,
  RESULT_WORDS,
  SIMULATED_WORDS,
  STATE_WORDS,
  toPhrase,
  TRIGGER_WORDS,
  triggerWords,
} from './words.ts'
export type { TriggerKind, Words } from './words.ts'
