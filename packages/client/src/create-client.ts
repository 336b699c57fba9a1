import createClient, { type Client } from 'openapi-fetch'
import type { paths } from './api.ts'
import { createIdTokens, type IdTokens } from './id-tokens.ts'
import { createRetryingFetch } from './retrying-fetch.ts'
import { InsecureAddressError, isSecureAddress } from './secure-address.ts'

/** Every route of the API by its path, typed. */
export type MensageriaClient = Client<paths, 'application/json'>

export type ClientOptions = {
  /** Where the API is, without `/v1`. */
  baseUrl: string
  /** All attempts of one request together; 30 s unless given. */
  deadlineMs?: number
  /** One attempt; 10 s unless given. */
  attemptMs?: number
  /** `google`: signs in with an identity token for `baseUrl`, as Cloud Run asks for; or a function that gives headers. */
  signIn?: 'google' | IdTokens
  /** Ends every request of this client. */
  signal?: AbortSignal
}

/**
 * A client of the API that is safe to retry: it repeats what the network or a busy service has cut short, with an
 * Idempotency-Key for each registration. Answers other than 2xx come back as `error`, a problem document. Throws
 * `InsecureAddressError` where a sign-in would leave this machine unencrypted.
 */
export const createMensageriaClient = (options: ClientOptions): MensageriaClient => {
  const { baseUrl, deadlineMs = 30_000, attemptMs = 10_000, signIn, signal } = options
  if (signIn !== undefined && !isSecureAddress(baseUrl))
    throw new InsecureAddressError(new URL(baseUrl).origin)
  const authorize = signIn === 'google' ? createIdTokens(new URL(baseUrl).origin) : signIn
  return createClient<paths, 'application/json'>({
    baseUrl,
    fetch: createRetryingFetch({
      deadlineMs,
      attemptMs,
      ...(authorize ? { authorize } : {}),
      ...(signal ? { signal } : {}),
    }),
  })
}
