import {
  authenticationOf,
  destinationOf,
  displayNameOf,
  type AuthenticationFields,
  type Destination,
  type IntegrationPolicy,
} from '@mensageria/contracts'

/** Exponential backoff of the broker, as Pub/Sub does it: `minBackoffMs` doubling up to `maxBackoffMs`. */
export type RetryPolicy = { minBackoffMs: number; maxBackoffMs: number; attemptsMax: number }

/** How the backlog of a system comes back: gaps between canaries, and the cap and rate of the ramp. */
export type RecoveryPolicy = {
  minIntervalMs: number
  maxIntervalMs: number
  windowMax: number
  ratePerSecond: number
}

/** What the core knows of one integration; `since` is epoch milliseconds. */
export type IntegrationSettings = {
  name: string
  /** How people call it; by its name unless given. */
  displayName?: string
  retry: RetryPolicy
  recovery: RecoveryPolicy
  concurrencyMax: number
  /** How many calls a second its system takes at most, where that is known. */
  ratePerSecondMax?: number
  since?: number
  /** A simulator answers in place of its system: what it takes is marked, and brought again once a real one answers. */
  simulated?: boolean
  /** Where it goes by configuration; an integration by code has none. */
  destination?: Destination
  /** How an integration by code authenticates, as its row says; the core does not look into it. */
  authentication?: AuthenticationFields
}

/** Turns one row of the integrations file into settings; the recovery gaps are the process's own configuration. */
export const toSettings = (
  name: string,
  policy: IntegrationPolicy,
  gaps: { minIntervalMs: number; maxIntervalMs: number },
): IntegrationSettings => {
  const destination = destinationOf(policy)
  return {
    name,
    displayName: displayNameOf(name, policy),
    retry: {
      minBackoffMs: policy.min_backoff_seconds * 1000,
      maxBackoffMs: policy.max_backoff_seconds * 1000,
      attemptsMax: policy.max_delivery_attempts,
    },
    recovery: {
      ...gaps,
      windowMax: policy.recovery_window_max,
      ratePerSecond: policy.recovery_rate_per_second,
    },
    concurrencyMax: policy.max_concurrency,
    ...(policy.max_rate_per_second === undefined ? {} : { ratePerSecondMax: policy.max_rate_per_second }),
    ...(policy.since === undefined ? {} : { since: Date.parse(policy.since) }),
    ...(destination === undefined ? {} : { destination }),
    ...(policy.auth === undefined ? {} : { authentication: authenticationOf(policy) }),
  }
}
