export { Attempt, Delivery, DeliveryState, Failure, FailureKind } from './delivery.ts'
export { AcceptedCenter, DistributionCenter, Publication } from './distribution-center.ts'
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
export { centerIdOf, eventIdOf, fingerprintOf } from './ids.ts'
export { IntegrationName, IntegrationPolicy, IntegrationsFile } from './integrations.ts'
export { municipalityByCode, STATES } from './municipality.ts'
export { Problem, PROBLEMS, toProblem } from './problem.ts'
export type { ProblemSlug } from './problem.ts'
export { DEAD_LETTER_ATTRIBUTES, HANDOVER_ATTRIBUTE, PushEnvelope } from './push.ts'
export { Registration } from './registration.ts'
export { fold, text } from './text.ts'
export { taxId } from './tax-id.ts'
