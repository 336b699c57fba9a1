import type { Clock } from '@mensageria/core'
import { isError } from '../base/is-error.ts'
import type { Logger } from '../logging/logger.ts'
import { createSigningKeys } from './signing-keys.ts'

export type SignatureCheckOptions = {
  /** Whose keys: those of Google's ID tokens, or those of IAP. */
  keys: 'id-token' | 'iap'
  /** Where the public keys are, as PEM by key id; Google's unless given. */
  keysUrl?: string
  clock: Pick<Clock, 'monotonic'>
  logger: Pick<Logger, 'warn'>
}

/** What is wrong with a token's signature or its times; undefined where nothing is. */
export type SignatureCheck = (token: string, keyId: string) => Promise<string | undefined>

const KEYS_MS = 5_000

// The library puts whole tokens into its messages: only their beginnings are looked at, and none is logged.
const REASONS: readonly (readonly [string, string])[] = [
  ['Invalid token signature', 'signature'],
  ['No pem found', 'unknown-key'],
  ['Token used too late', 'expired'],
  ['Token used too early', 'not-yet-valid'],
  ['There are no keys', 'no-keys'],
]
const reasonOf = (error: unknown): string =>
  REASONS.find(([start]) => isError(error) && error.message.startsWith(start))?.[1] ?? 'not-a-token'

const endpointsOf = (keys: SignatureCheckOptions['keys'], keysUrl: string | undefined) => {
  if (keysUrl === undefined) return {}
  return keys === 'iap' ? { oauth2IapPublicKeyUrl: keysUrl } : { oauth2FederatedSignonPemCertsUrl: keysUrl }
}

/** Checks signatures by published keys, which it keeps. The library's leeway of five minutes is the caller's to cut down. */
export const createSignatureCheck = async (options: SignatureCheckOptions): Promise<SignatureCheck> => {
  // Loaded by processes that check tokens only, and before their first request.
  const { OAuth2Client } = await import('google-auth-library')
  const endpoints = endpointsOf(options.keys, options.keysUrl)
  const client = new OAuth2Client()
  const keys = createSigningKeys({
    clock: options.clock,
    logger: options.logger,
    // A client keeps its keys until they expire: asking again takes another one.
    load: async () => {
      // Keys come from the one host that we know, or not at all.
      const redirect = 'error' as const
      const transporterOptions = { timeout: KEYS_MS, signal: AbortSignal.timeout(KEYS_MS), redirect }
      const loader = new OAuth2Client({ endpoints, transporterOptions })
      if (options.keys === 'iap') return (await loader.getIapPublicKeysAsync()).pubkeys
      return (await loader.getFederatedSignonCertsAsync()).certs
    },
  })
  return async (token, keyId) => {
    try {
      await client.verifySignedJwtWithCertsAsync(token, { ...(await keys.keysFor(keyId)) })
      return undefined
    } catch (error) {
      return reasonOf(error)
    }
  }
}
