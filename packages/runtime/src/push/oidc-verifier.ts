import { defined } from '@mensageria/contracts'
import type { Clock } from '@mensageria/core'
import type { Logger } from '../logging/logger.ts'
import type { PushCaller, PushVerifier } from './push-verifier.ts'
import { createSignatureCheck } from '../tokens/signature-check.ts'
import { checkClaims, parseToken } from '../tokens/token-claims.ts'

export type OidcVerifierOptions = {
  /** The one audience that tokens for this service carry. */
  audience: string
  /** The account of this service's push subscription. */
  pushAccount: string
  /** The sweeper's account, where the sweeper calls this service. */
  sweeperAccount?: string
  /**
   * Who checks the signature of a push: this process, or Cloud Run's IAM check before it, which then removes it. The
   * sweeper's is always checked here.
   */
  signature: 'app' | 'platform'
  /** Where the public keys are, as PEM by key id; Google's unless given. */
  keysUrl?: string
  clock: Pick<Clock, 'now' | 'monotonic'>
  logger: Pick<Logger, 'warn'>
}

// Google's are below 2 KB.
export const TOKEN_MAX = 8 * 1024

const refused = (reason: string) => ({ ok: false, reason }) as const

/**
 * Checks Google's ID tokens: RS256 by a published key, issuer, audience, time, and that the verified e-mail is an account
 * that we expect. Everything else is refused.
 */
export const createOidcVerifier = async (options: OidcVerifierOptions): Promise<PushVerifier> => {
  const { audience, pushAccount, sweeperAccount, signature, keysUrl, clock, logger } = options
  const signatureFault = await createSignatureCheck({
    keys: 'id-token',
    ...defined({ keysUrl }),
    clock,
    logger,
  })
  const callerOf = (email: string): PushCaller | undefined => {
    if (email === pushAccount) return 'subscription'
    return email === sweeperAccount ? 'sweeper' : undefined
  }
  return async (authorization) => {
    const [, token] = /^Bearer ([\w.-]+)$/i.exec(authorization ?? '') ?? []
    if (token === undefined || token.length > TOKEN_MAX) return refused('no-token')
    const parsed = parseToken(token)
    if (!parsed) return refused('algorithm-or-key-id')
    const checked = checkClaims(parsed.payload, audience, clock.now())
    if ('fault' in checked) return refused(checked.fault)
    const caller = callerOf(checked.email)
    if (!caller) return refused('account')
    if (parsed.signatureRemoved) {
      const checkedBefore = signature === 'platform' && caller === 'subscription'
      return checkedBefore ? { ok: true, caller } : refused('signature-removed')
    }
    const fault = await signatureFault(token, parsed.keyId)
    return fault === undefined ? { ok: true, caller } : refused(fault)
  }
}
