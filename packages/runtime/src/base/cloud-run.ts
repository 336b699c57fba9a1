import { ConfigError } from './config.ts'
import type { Env } from './env.ts'

/** Whether the process runs on Cloud Run: the variable is set there, and by nothing else. */
export const isOnCloudRun = (env: Env): boolean => (env['K_SERVICE'] ?? '') !== ''

const EMULATORS = ['PUBSUB_EMULATOR_HOST', 'FIRESTORE_EMULATOR_HOST'] as const

/** Throws ConfigError where an emulator is configured on Cloud Run: what it accepts is lost with it. */
export const refuseEmulators = (env: Env): void => {
  const set = EMULATORS.filter((name) => isOnCloudRun(env) && (env[name] ?? '') !== '')
  if (set.length === 0) return
  throw new ConfigError(`${set.join(' and ')} must not be set on Cloud Run: an emulator keeps nothing`)
}
