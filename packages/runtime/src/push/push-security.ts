import { z } from 'zod'
import { loadConfig } from '../base/config.ts'
import type { Env } from '../base/env.ts'
import type { OidcVerifierOptions } from './oidc-verifier.ts'

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
