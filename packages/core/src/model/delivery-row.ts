import type { Attempt, FailureKind } from '@mensageria/contracts'
import { passedMs } from './believed.ts'

/** The last failure of a row; times in epoch milliseconds. */
export type RowFailure = {
  kind: FailureKind
  cause: string
  httpStatus?: number | undefined
  message: string
  at: number
  /** When this cause first came, in an unbroken row of attempts, and how often; absent in rows of earlier releases. */
  since?: number
  times?: number
  /** How long it has come, as the gaps between these attempts say; absent in rows of earlier releases. */
  lastedMs?: number
}

/**
 * What became of versions: delivered, by whom, or superseded, because a newer one took their place before they were. A
 * version counts once, also one that a person has sent again.
 */
export type DeliveredBy = Record<DeliveryTrigger['kind'] | 'superseded', number>

/** The tally of nothing; its names are all that there are. */
export const NONE_DELIVERED: Readonly<DeliveredBy> = {
  push: 0,
  recovery: 0,
  reconcile: 0,
  redrive: 0,
  superseded: 0,
}

/**
 * What a row says of the real system while its newest outcome is a simulator's: the version and the id that the system itself
 * has, and the tally without what the simulator took.
 */
export type RealOutcome = {
  deliveredVersion: number
  externalId?: string
  tally?: Partial<DeliveredBy>
}

type RowFields = {
  integration: string
  centerId: string
  /** The version being worked on. */
  version: number
  /** The highest version that has its effect downstream; 0 for none. */
  deliveredVersion: number
  /** Marks who wrote the row last: a write that seems to have failed is recognized as one's own by it. */
  token: string
  /** Who took the newest lease, as `triggerName` says it; absent in rows of release 0.1. */
  leasedBy?: string
  /** External calls for `version`. */
  attempts: number
  firstAttemptAt: number | undefined
  lastAttemptAt: number | undefined
  /** No call for `version` before this time: the downstream asked for it. */
  notBefore: number | undefined
  /**
   * For so long after this row was written a call whose end is not known may still land downstream; a newer version waits for
   * it. A length, not a time: the store's own clock says how old the row is, and no jump of a wall clock ends the wait.
   */
  inDoubtMs?: number | undefined
  parkedAt: number | undefined
  /** Failures of the sweeper in a row; the row's own delay doubles with each. */
  recoveryFailures: number
  /** Redrives by a person of a rejected or delivered row; each gets an idempotency key of its own. */
  redrives: number
  lastFailure: RowFailure | undefined
  externalId: string | undefined
  history: Attempt[]
  /**
   * The tally of the row's whole life; absent means none, as in rows of earlier releases. It adds up to `version` once that
   * is delivered, and to one less before.
   */
  tally?: Partial<DeliveredBy>
  /** Present while the newest outcome is a simulator's. */
  simulated?: RealOutcome
}

/** `dueAt` (epoch milliseconds) is when the sweeper takes over a row that nobody else moves; closed rows have none. */
type RowState =
  | { state: 'delivering'; dueAt: number }
  | { state: 'retrying'; dueAt: number }
  | { state: 'parked'; dueAt: number }
  | { state: 'rejected' }
  | { state: 'delivered' }
  // Its integration was taken from the list, or a simulator had it; it waits for the system to be there.
  | { state: 'retired' }

/** The delivery of one center to one integration; level-triggered: one row, whatever the number of messages. */
export type DeliveryRow = RowFields & RowState

/** Names one row. */
export type RowKey = { integration: string; centerId: string }

/** Who asks for a delivery: the broker, or the sweeper for one of its own reasons. */
export type DeliveryTrigger =
  | { kind: 'push' }
  | { kind: 'recovery' }
  | { kind: 'reconcile' }
  | { kind: 'redrive'; id: string; force: boolean }

/** A trigger in one word, as attempts and logs name it: a redrive with its id. */
export const triggerName = (trigger: DeliveryTrigger): string =>
  trigger.kind === 'redrive' ? `redrive:${trigger.id}` : trigger.kind

/**
 * The row of failures that ends with this one: their cause, how often it came without another between, since when, and how
 * long. No gap counts for more than the longest that is planned between two attempts: the clock may have jumped between.
 */
export const failureRun = (
  { cause, at, since = at, times = 1, lastedMs = passedMs(since, at) }: RowFailure,
  now: number,
  gapMaxMs: number,
) => ({ cause, since, times, lastedMs: lastedMs + passedMs(at, now, gapMaxMs) })

/** When the sweeper takes the row over, if ever. */
export const dueAtOf = (row: DeliveryRow): number | undefined => ('dueAt' in row ? row.dueAt : undefined)

/** A row's tally with some versions more. */
export const withDelivered = (
  tally: Partial<DeliveredBy> | undefined,
  name: keyof DeliveredBy,
  versions: number,
): Pick<RowFields, 'tally'> => {
  if (versions > 0) return { tally: { ...tally, [name]: (tally?.[name] ?? 0) + versions } }
  return tally ? { tally } : {}
}

/** A row on which nothing has happened yet, for the given version; those before it came and went unseen. */
export const blankRow = (key: RowKey, version: number, token: string): RowFields => ({
  integration: key.integration,
  centerId: key.centerId,
  version,
  deliveredVersion: 0,
  token,
  attempts: 0,
  firstAttemptAt: undefined,
  lastAttemptAt: undefined,
  notBefore: undefined,
  inDoubtMs: undefined,
  parkedAt: undefined,
  recoveryFailures: 0,
  redrives: 0,
  lastFailure: undefined,
  externalId: undefined,
  history: [],
  ...withDelivered(undefined, 'superseded', version - 1),
})

/** The fields with which work on a newer version begins; what the older one achieved stays. */
export const forVersion = (row: DeliveryRow, version: number, token: string): RowFields => {
  const { tally: _, ...blank } = blankRow(row, version, token)
  const superseded = version - Math.max(row.version, row.deliveredVersion + 1)
  const tallied = withDelivered(row.tally, 'superseded', superseded)
  return {
    ...blank,
    deliveredVersion: row.deliveredVersion,
    inDoubtMs: row.inDoubtMs,
    externalId: row.externalId,
    history: row.history,
    ...tallied,
    // What a simulator took of the older version is done with: only the newer one is still to be delivered.
    ...(row.simulated ? { simulated: { ...row.simulated, ...tallied } } : {}),
  }
}
