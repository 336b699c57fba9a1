export { bindIntegrations } from './bind-integrations.ts'
export { StandaloneConfig } from './config.ts'
export { buildStandalone } from './standalone.ts'
export type { Standalone, StandaloneOptions } from './standalone.ts'
