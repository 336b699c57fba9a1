import type { IncomingHttpHeaders } from 'node:http'
import { defined } from '@mensageria/contracts'
import type { Clock } from '@mensageria/core'
import type { Logger } from '../logging/logger.ts'
import { TOKEN_MAX } from '../push/oidc-verifier.ts'
import { createSignatureCheck, type SignatureCheck } from '../tokens/signature-check.ts'
import { checkClaims, checkIapClaims, parseToken } from '../tokens/token-claims.ts'
import { domainOf } from './roles.ts'

export type CallerVerifierOptions = {
  /** ID tokens: the one audience that they carry. */
  idToken?: { audience: string; keysUrl?: string }
  /** IAP: the one audience that its assertions carry. */
  iap?: { audience: string; keysUrl?: string }
  clock: Pick<Clock, 'now' | 'monotonic'>
  logger: Pick<Logger, 'warn'>
}

/**
 * Whose request it is, by verified e-mail, or why nobody is believed; the reason is for the log. `domain`: of which domain
 * the account surely is, so that it has what everybody of it may do.
 */
export type CallerVerification = { ok: true; email: string; domain?: string } | { ok: false; reason: string }

export type CallerVerifier = (headers: IncomingHttpHeaders) => Promise<CallerVerification>

type Verify = (token: string) => Promise<CallerVerification>

const refused = (reason: string): CallerVerification => ({ ok: false, reason })

const verifyIap =
  (audience: string, check: SignatureCheck, clock: Pick<Clock, 'now'>): Verify =>
  async (token) => {
    const parsed = parseToken(token, 'ES256')
    if (!parsed) return refused('algorithm-or-key-id')
    const checked = checkIapClaims(parsed.payload, audience, clock.now())
    if ('fault' in checked) return refused(checked.fault)
    const fault = await check(token, parsed.keyId)
    // IAP has let the account in by its own list, which names it or its domain.
    const { email } = checked
    return fault === undefined ? { ok: true, email, domain: domainOf(email) } : refused(fault)
  }

// Google gives these addresses out itself; nobody can have one of another project.
const SERVICE_ACCOUNTS = /(?:^|\.)gserviceaccount\.com$/

// An address alone says little: a private account may carry one of a company whose owner has left it long ago.
const domainBy = (email: string, workspace: string | undefined): { domain?: string } => {
  const domain = domainOf(email)
  const isSure = SERVICE_ACCOUNTS.test(domain) || workspace?.toLowerCase() === domain
  return isSure ? { domain } : {}
}

const verifyIdToken =
  (audience: string, check: SignatureCheck, clock: Pick<Clock, 'now'>): Verify =>
  async (token) => {
    const parsed = parseToken(token)
    if (!parsed) return refused('algorithm-or-key-id')
    const checked = checkClaims(parsed.payload, audience, clock.now())
    if ('fault' in checked) return refused(checked.fault)
    // Cloud Run may have checked it, or another one in X-Serverless-Authorization: then anybody could have written this.
    if (parsed.signatureRemoved) return refused('signature-removed')
    const fault = await check(token, parsed.keyId)
    if (fault !== undefined) return refused(fault)
    const { email, workspace } = checked
    return { ok: true, email, ...domainBy(email, workspace) }
  }

/**
 * Says who sent a request: by the assertion of IAP where the service is behind it, else by an ID token of Google. Where both
 * are configured and IAP's is there, it alone counts. Never throws.
 */
export const createCallerVerifier = async (options: CallerVerifierOptions): Promise<CallerVerifier> => {
  const { idToken, iap, clock, logger } = options
  const byIap =
    iap &&
    verifyIap(
      iap.audience,
      await createSignatureCheck({ keys: 'iap', ...defined({ keysUrl: iap.keysUrl }), clock, logger }),
      clock,
    )
  const byIdToken =
    idToken &&
    verifyIdToken(
      idToken.audience,
      await createSignatureCheck({
        keys: 'id-token',
        ...defined({ keysUrl: idToken.keysUrl }),
        clock,
        logger,
      }),
      clock,
    )
  return async (headers) => {
    const assertion = headers['x-goog-iap-jwt-assertion']
    const [, bearer] = /^Bearer ([\w.-]+)$/i.exec(headers.authorization ?? '') ?? []
    if (byIap && typeof assertion === 'string') {
      return assertion.length > TOKEN_MAX ? refused('no-token') : byIap(assertion)
    }
    if (!byIdToken || bearer === undefined || bearer.length > TOKEN_MAX) return refused('no-token')
    return byIdToken(bearer)
  }
}
