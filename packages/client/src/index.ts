export type { components, paths } from './api.ts'
export { createMensageriaClient } from './create-client.ts'
export type { ClientOptions, MensageriaClient } from './create-client.ts'
export { createIdTokens, SignInError } from './id-tokens.ts'
export type { IdTokens } from './id-tokens.ts'
export { UnreachableError } from './unreachable-error.ts'
export type {
  DistributionCenter,
  Delivery,
  Integration,
  Problem,
  Redrive,
  Registration,
  Summary,
} from './types.ts'
