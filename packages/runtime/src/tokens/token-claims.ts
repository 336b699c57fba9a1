import { z } from 'zod'

const ISSUER = 'https://accounts.google.com'
const LEEWAY_SECONDS = 30

const Header = z.object({ alg: z.enum(['RS256', 'ES256']), kid: z.string().min(1) })
const IapClaims = z.object({
  iss: z.literal('https://cloud.google.com/iap'),
  aud: z.string(),
  exp: z.number(),
  email: z.string().min(1),
})
const Claims = z.object({
  iss: z.string(),
  aud: z.string(),
  exp: z.number(),
  email: z.string(),
  email_verified: z.literal(true),
  /** The Workspace that the account belongs to; private accounts and service accounts have none. */
  hd: z.string().optional(),
})

// What Cloud Run puts where the signature was, once its own check has passed: a service with an IAM check never sees
// one (cloud.google.com/run/docs/troubleshooting#signature-removed).
const REMOVED = 'SIGNATURE_REMOVED_BY_GOOGLE'

const parse = (part: string): unknown => {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}

/** A token's parts, none of them believed yet. */
export type UncheckedToken = { keyId: string; payload: unknown; signatureRemoved: boolean }

/** Takes a token apart; undefined where it is none, or signed in another way than Google signs ID tokens (IAP: ES256). */
export const parseToken = (
  token: string,
  algorithm: 'RS256' | 'ES256' = 'RS256',
): UncheckedToken | undefined => {
  const [head = '', body = '', signature = ''] = token.split('.')
  const header = Header.safeParse(parse(head))
  if (!header.success || header.data.alg !== algorithm) return undefined
  return { keyId: header.data.kid, payload: parse(body), signatureRemoved: signature === REMOVED }
}

/** Whose token it is, or what is wrong with what it claims. */
export const checkClaims = (
  payload: unknown,
  audience: string,
  nowMs: number,
): { email: string; workspace: string | undefined } | { fault: string } => {
  const claims = Claims.safeParse(payload)
  if (!claims.success) return { fault: 'claims' }
  const { iss, aud, exp, email, hd: workspace } = claims.data
  if (iss !== ISSUER) return { fault: 'issuer' }
  if (aud !== audience) return { fault: 'audience' }
  return nowMs / 1000 > exp + LEEWAY_SECONDS ? { fault: 'expired' } : { email, workspace }
}

/** The same for an assertion of IAP, which vouches for the e-mail without a claim of its own. */
export const checkIapClaims = (
  payload: unknown,
  audience: string,
  nowMs: number,
): { email: string } | { fault: string } => {
  const claims = IapClaims.safeParse(payload)
  if (!claims.success) return { fault: 'claims' }
  const { aud, exp, email } = claims.data
  if (aud !== audience) return { fault: 'audience' }
  return nowMs / 1000 > exp + LEEWAY_SECONDS ? { fault: 'expired' } : { email }
}
