export { Me, Role } from './caller.ts'
export { defined } from './defined.ts'
export { Attempt, Delivery, DeliveryState, Failure, FailureKind } from './delivery.ts'
export { AcceptedCenter, DistributionCenter, Publication } from './center/distribution-center.ts'
export {
  DEAD_LETTER_TOPIC,
  decodeEvent,
  DistributionCenterEvent,
  REGISTERED,
  toAttributes,
  toEvent,
  TOPIC,
  Traceparent,
  UPDATED,
} from './event.ts'
export type { DecodedMessage } from './event.ts'
export { canonicalJson, centerIdOf, eventIdOf, fingerprintOf } from './center/ids.ts'
export { DatabaseIdentity } from './center/identity.ts'
export { isFormerQueueUrl, queueRegionOf } from './destinations/queue-region.ts'
export { describeTarget } from './destinations/describe-target.ts'
export { DestinationKind } from './destinations/destination-kind.ts'
export { Destination } from './destinations/destination.ts'
export type { DestinationOf, TargetOf } from './destinations/destination.ts'
export {
  authenticationOf,
  destinationOf,
  IntegrationName,
  IntegrationPolicy,
  IntegrationsFile,
} from './integrations/integrations.ts'
export { displayNameOf, RESERVED_NAMES } from './integrations/names.ts'
export { variablesOf } from './integrations/variables-of.ts'
export type { IntegrationVariables } from './integrations/variables-of.ts'
export {
  AuthenticationFields,
  AuthenticationKind,
  AuthenticationSettings,
  CREDENTIALS,
  strangeSettings,
  strangeWords,
} from './integrations/authentication.ts'
export { isoTime, isoTimeOf } from './iso-time.ts'
export { municipalities, municipalityByCode } from './center/municipality.ts'
export { STATES } from './center/states.ts'
export {
  AuditAction,
  AuditEntry,
  UnreadableMessage,
  FailureGroup,
  FailureNote,
  FailureNoteBody,
  Integration,
  IntegrationCheck,
  OneRedriveBody,
  ReasonBody,
  RecentAttempts,
  Redrive,
  RedriveBody,
  RedriveDryRun,
  RedriveFilter,
  ShownState,
  DailyReport,
  Summary,
} from './operations.ts'
export { pageOf } from './page.ts'
export { plainText } from './plain-text.ts'
export { Problem, PROBLEMS, toProblem } from './problem.ts'
export type { ProblemSlug } from './problem.ts'
export {
  DEAD_LETTER_ATTRIBUTES,
  HANDOVER_ATTRIBUTE,
  HANDOVER_FORCE_ATTRIBUTE,
  PushEnvelope,
  RawPushEnvelope,
} from './push.ts'
export { Registration } from './center/registration.ts'
export { toSearch } from './center/search.ts'
export { fold, text } from './center/text.ts'
export { taxId } from './center/tax-id.ts'
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
  SYSTEM_REASONS,
  toPhrase,
  TRIGGER_WORDS,
  triggerWords,
} from './words.ts'
export type { TriggerKind, Words } from './words.ts'
