export type { RegistrationDeps } from './registration-deps.ts'
export { createRegistrationPlugin, REGISTRATION_BODY_LIMIT_BYTES } from './registration-plugin.ts'
export { run } from './run.ts'
export type { OpenedStore, RegistrationOpeners } from './run.ts'
