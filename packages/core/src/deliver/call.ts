import type { DistributionCenterEvent } from '@mensageria/contracts'
import type { Outcome } from './outcome.ts'

/** What an integration may know about the call that it makes. Times are epoch milliseconds. */
export type CallContext = {
  /** Goes on writes; the same for every attempt of one center, version and integration with the same data. */
  idempotencyKey: string
  /** The number of this call for this version, from 1. */
  attempt: number
  firstAttemptAt: number
  /** How the attempts of this version before this one failed: the last cause, how often in a row, since when, and how long. */
  lastFailure?: { cause: string; times: number; since: number; lastedMs: number }
  /** An effect of this version may be there already: look up before creating. */
  mayHaveEffect: boolean
  /** The id that the system gave with its last success for this center, whatever the version; absent where none is known. */
  externalId?: string
  now: number
  /** Ends the call: its time is up, or the process is going down. */
  signal: AbortSignal
}

/** Makes one center's version known to one system and says how that ended. May throw: that is a defect, and is retried. */
export type ExternalCall = (event: DistributionCenterEvent, context: CallContext) => Promise<Outcome>
