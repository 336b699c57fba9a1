import { CALL_MS } from '@mensageria/core'
import type { Authentication, Proof } from './authentication.ts'
import { orAborted } from './or-aborted.ts'
import { NO_TOKEN_IN_TIME, STALE_TOKEN } from './token-failure.ts'
import { createTokenStore, type Fetched } from './token-store.ts'

export type TokenSource = {
  /** By which the client gets a token. */
  secret: string
  fetch: () => Promise<Fetched>
  close: () => Promise<void>
  /** Milliseconds by a clock that does not jump. */
  monotonic: () => number
}

/**
 * Shows the system a token that is kept until shortly before its end, and dropped with an answer 401. A 401 to a token that has
 * been kept for longer than a call is no trouble of the configuration: it was revoked, or its time was another.
 */
export const oauth2ClientCredentials = ({ secret, fetch, close, monotonic }: TokenSource): Authentication => {
  const store = createTokenStore(fetch, monotonic)
  const shown = new WeakMap<Proof, { token: string; at: number }>()
  return {
    secrets: [secret],
    prove: async (_request, signal) => {
      const kept = await orAborted(store.get(), signal)
      if (kept === undefined) return { ok: false, failure: NO_TOKEN_IN_TIME }
      if (!kept.ok) return kept
      const { token, at } = kept
      const proof = { ok: true as const, headers: { authorization: `Bearer ${token}` }, secrets: [token] }
      shown.set(proof, { token, at })
      return proof
    },
    refused: (proof) => {
      const token = shown.get(proof)
      if (!token) return undefined
      store.drop(token.token)
      return monotonic() - token.at > CALL_MS ? STALE_TOKEN : undefined
    },
    close,
  }
}
