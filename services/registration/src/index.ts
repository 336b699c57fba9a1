export type { RegistrationDeps } from './registration-deps.ts'
export { createRegistrationPlugin, REGISTRATION_BODY_LIMIT_BYTES } from './registration-plugin.ts'
export { startRegistration } from './start-registration.ts'
export type { OpenedStore, StartRegistrationOptions } from './start-registration.ts'
