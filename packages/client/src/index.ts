export type { components, paths } from './api.ts'
export { createMensageriaClient } from './create-client.ts'
export type { ClientOptions, MensageriaClient } from './create-client.ts'
export { createIdTokens, SignInError } from './id-tokens.ts'
export type { IdTokens } from './id-tokens.ts'
export { parseRetryAfter } from './decide-retry.ts'
export { isProblem } from './is-problem.ts'
export { RedirectError, refuseRedirect } from './redirect-error.ts'
export { InsecureAddressError, isOfThisMachine, isSecureAddress } from './secure-address.ts'
export { UnreachableError } from './unreachable-error.ts'
export type {
  AuditEntry,
  DistributionCenter,
  Delivery,
  Integration,
  Problem,
  Redrive,
  RedriveDryRun,
  Registration,
  Summary,
  UnreadableMessage,
} from './types.ts'
