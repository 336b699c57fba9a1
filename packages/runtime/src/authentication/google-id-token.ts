import { isError } from '../base/is-error.ts'
import type { Authorize } from '../push/hand-over-client.ts'
import type { Authentication } from './authentication.ts'
import { orAborted } from './or-aborted.ts'
import { NO_TOKEN_IN_TIME, tokenFailure } from './token-failure.ts'

const failureOf = (error: unknown) => {
  const status = isError(error) && 'status' in error && typeof error.status === 'number' ? error.status : 0
  const isRefused = status >= 400 && status < 500 && status !== 429
  return status === 0
    ? tokenFailure('google', false, 'neither the metadata server of Google nor a service account answered')
    : tokenFailure(`http-${status}`, isRefused, `Google answered ${status}`)
}

/** Shows an ID token of Google's for one audience, as Cloud Run and IAP take it. google-auth-library keeps it. */
export const googleIdToken = (audience: string, open: () => Promise<Authorize>): Authentication => {
  let opened: Promise<Authorize> | undefined
  const authorizationOf = async () => {
    opened ??= open()
    return (await opened)(audience)
  }
  return {
    secrets: [],
    prove: async (_request, signal) => {
      try {
        const authorization = await orAborted(authorizationOf(), signal)
        if (authorization === undefined) return { ok: false, failure: NO_TOKEN_IN_TIME }
        const secrets = [authorization.replace(/^Bearer /, '')]
        return { ok: true, headers: { authorization }, secrets }
      } catch (error) {
        return { ok: false, failure: failureOf(error) }
      }
    },
    close: async () => undefined,
  }
}
