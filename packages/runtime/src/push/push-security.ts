import { z } from 'zod'
import { ConfigError, loadConfig } from '../base/config.ts'
import type { OidcVerifierOptions } from './oidc-verifier.ts'

type Env = Readonly<Record<string, string | undefined>>

/** Set by Cloud Run, and by nothing else. */
export const isOnCloudRun = (env: Env): boolean => (env['K_SERVICE'] ?? '') !== ''

const account = z.email().describe('the e-mail of a service account')

const PushSecurity = z.object({
  PUSH_AUDIENCE: z
    .string()
    .min(1)
    .describe('the audience of the push tokens, usually the URL of this service'),
  PUSH_SERVICE_ACCOUNT: account,
  // No default: the one would let nobody in behind Cloud Run's own check, the other everybody without it.
  PUSH_SIGNATURE: z
    .enum(['platform', 'app'])
    .describe(
      'platform where Cloud Run checks the invoker and so removes the signature, app where it does not',
    ),
})
const HandOverSecurity = PushSecurity.extend({ SWEEPER_SERVICE_ACCOUNT: account })

/** What tokens a push endpoint believes. */
export type PushSecurity = Pick<OidcVerifierOptions, 'audience' | 'pushAccount' | 'signature'>

const EMULATORS = ['PUBSUB_EMULATOR_HOST', 'FIRESTORE_EMULATOR_HOST'] as const

/** Throws ConfigError where an emulator is configured on Cloud Run: what it accepts is lost with it. */
export const refuseEmulators = (env: Env): void => {
  const set = EMULATORS.filter((name) => isOnCloudRun(env) && (env[name] ?? '') !== '')
  if (set.length === 0) return
  throw new ConfigError(`${set.join(' and ')} must not be set on Cloud Run: an emulator keeps nothing`)
}

const toSecurity = (config: z.output<typeof PushSecurity>): PushSecurity => ({
  audience: config.PUSH_AUDIENCE,
  pushAccount: config.PUSH_SERVICE_ACCOUNT,
  signature: config.PUSH_SIGNATURE,
})

/** Reads what tokens a push endpoint believes. Throws ConfigError, which names the variable that is missing. */
export const loadPushSecurity = (env: Env): PushSecurity => toSecurity(loadConfig(PushSecurity, env))

/** The same for an endpoint that the sweeper calls as well. */
export const loadHandOverSecurity = (env: Env): PushSecurity & { sweeperAccount: string } => {
  const config = loadConfig(HandOverSecurity, env)
  return { ...toSecurity(config), sweeperAccount: config.SWEEPER_SERVICE_ACCOUNT }
}
