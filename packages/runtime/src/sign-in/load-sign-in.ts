import { defined } from '@mensageria/contracts'
import type { Clock } from '@mensageria/core'
import { z } from 'zod'
import { ConfigError, loadConfig, readPlainFile } from '../base/config.ts'
import type { Env } from '../base/env.ts'
import { isLoopback } from '../base/loopback.ts'
import type { Logger } from '../logging/logger.ts'
import { isOnCloudRun } from '../base/cloud-run.ts'
import { AllowedHosts } from '../http/callers/allowed-hosts.ts'
import { createCallerVerifier, type CallerVerifier } from './caller-verifier.ts'
import { RoleMembers } from './roles.ts'

/** How callers of an API are known: by tokens of Google with the roles that are configured, or not at all. */
export type SignIn =
  | { kind: 'none'; allowedHosts: AllowedHosts }
  | { kind: 'google'; verify: CallerVerifier; roles: RoleMembers }

/** Nobody signs in, and the service is asked by its own names alone. */
export const NO_SIGN_IN: SignIn = { kind: 'none', allowedHosts: [] }

const parseRoles = (text: string, context: z.core.$RefinementCtx<string>): unknown => {
  try {
    return JSON.parse(text.trimStart().startsWith('{') ? text : readPlainFile(text))
  } catch {
    context.addIssue({ code: 'custom', message: 'Is neither JSON nor a file of it that this user can read' })
    return z.NEVER
  }
}

const GoogleConfig = z
  .object({
    API_ROLES: z
      .string()
      .transform(parseRoles)
      .pipe(RoleMembers)
      .describe(
        'who may do what: JSON, or a file of it, { "read": [...], "register": [...], "operate": [...] }',
      ),
    API_AUDIENCE: z.string().min(1).optional(),
    API_IAP_AUDIENCE: z.string().min(1).optional(),
  })
  .refine(({ API_AUDIENCE, API_IAP_AUDIENCE }) => API_AUDIENCE ?? API_IAP_AUDIENCE, {
    error: 'Set API_AUDIENCE (the URL of this service) or API_IAP_AUDIENCE (behind IAP)',
  })

const ModeConfig = z.object({
  API_AUTH: z.enum(['google', 'none']).optional().describe('google, or none where nobody signs in'),
})

const HostsConfig = z.object({
  ALLOWED_HOSTS: AllowedHosts.optional().describe(
    'names by which callers reach this service, as a proxy has',
  ),
})

const modeOf = (env: Env, host: string): 'google' | 'none' => {
  const { API_AUTH } = loadConfig(ModeConfig, env)
  if (isOnCloudRun(env)) {
    if (API_AUTH === 'none') throw new ConfigError('API_AUTH must not be none on Cloud Run')
    return 'google'
  }
  if (API_AUTH === undefined && !isLoopback(host)) {
    throw new ConfigError(
      `HOST is ${host}, which others reach, and nobody signs in. Set API_AUTH=google, or say API_AUTH=none where ` +
        'something before this process lets only the right people through',
    )
  }
  return API_AUTH ?? 'none'
}

export type SignInOptions = {
  /** Where the process listens: without a sign-in that must be this machine. */
  host: string
  clock: Pick<Clock, 'now' | 'monotonic'>
  logger: Pick<Logger, 'warn'>
  /** Other keys than Google's. */
  keysUrl?: { idToken: string; iap: string }
}

const tokensFor = (audience: string | undefined, keysUrl: string | undefined) =>
  audience === undefined ? undefined : defined({ audience, keysUrl })

/** Reads how callers sign in. Throws ConfigError, which names what is missing: a process that knows no roles must not start. */
export const loadSignIn = async (env: Env, options: SignInOptions): Promise<SignIn> => {
  const { host, clock, logger, keysUrl } = options
  const { ALLOWED_HOSTS: allowedHosts = [] } = loadConfig(HostsConfig, env)
  if (modeOf(env, host) === 'none') return { kind: 'none', allowedHosts }
  const { API_ROLES, API_AUDIENCE, API_IAP_AUDIENCE } = loadConfig(GoogleConfig, env)
  const verify = await createCallerVerifier(
    defined({
      idToken: tokensFor(API_AUDIENCE, keysUrl?.idToken),
      iap: tokensFor(API_IAP_AUDIENCE, keysUrl?.iap),
      clock,
      logger,
    }),
  )
  return { kind: 'google', verify, roles: API_ROLES }
}
