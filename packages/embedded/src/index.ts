export type { Broker } from './broker/broker.ts'
export { EngineError } from './database/engine-error.ts'
export { openEmbedded } from './open-embedded.ts'
export type { Embedded, EmbeddedOptions, SubscriptionSettings } from './open-embedded.ts'
