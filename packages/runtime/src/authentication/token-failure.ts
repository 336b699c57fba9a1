import type { NetworkFailure } from '../http-client/classify-network-error.ts'

/** There is no token, so nothing was sent to the system: never a doubt. */
export const tokenFailure = (cause: string, misconfigured: boolean, reason: string): NetworkFailure => ({
  type: 'failure',
  phase: 'before-sent',
  cause: `token-${cause}`,
  misconfigured,
  message: `No token could be had: ${reason}`,
})

/** The time of the call ended before a token was there. */
export const NO_TOKEN_IN_TIME = tokenFailure('timeout', false, 'the time of the call ended before')

/** A token that the system took before is refused; the next attempt shows another. */
export const STALE_TOKEN: NetworkFailure = {
  ...tokenFailure('refused', false, ''),
  message: 'The system no longer takes the token that was kept: the next attempt fetches another',
}
