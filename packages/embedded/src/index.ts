export type { Broker } from './broker.ts'
export { EngineError } from './engine-error.ts'
export { openEmbedded } from './open-embedded.ts'
export type { Embedded, EmbeddedOptions, SubscriptionSettings } from './open-embedded.ts'
