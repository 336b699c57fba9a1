import { hasHappened, passedMs } from '../model/believed.ts'
import type { Membership } from '../model/integration-state.ts'

/** How long others may still act on another list: longer than any sweep; and how long a missing one keeps its rows. */
export type MembershipPolicy = { settleMs: number; retireAfterMs: number }

/**
 * What the place of an integration in the list asks for. `write`: remember it. `backfill`: bring every owed center that
 * waits, then remember. `retire`: it is gone for good, its open rows are closed.
 */
export type MembershipDecision =
  | { decision: 'none' | 'retire' }
  | { decision: 'write' | 'backfill'; membership: Membership }

const NONE: MembershipDecision = { decision: 'none' }

const MINUTE_MS = 60_000

/**
 * The time that has passed since the last change, and what to remember of it. A clock that jumps is the same to a single look
 * as time that passes, so no look counts for more than a minute, or a tenth of what is waited for: a jump of a year brings
 * nothing about by itself.
 */
const lookAgain = (known: Membership, now: number, waitMs: number) => {
  const { lookedAt = known.unsettledAt, passedMs: before = 0 } = known
  const mostMs = Math.max(MINUTE_MS, waitMs / 10)
  const seenMs = passedMs(lookedAt, now, mostMs)
  const total = before + seenMs
  // Not with every sweep: a hundredth of the wait is precise enough.
  const isNoted = seenMs < Math.max(MINUTE_MS / 10, waitMs / 100) && hasHappened(lookedAt, now)
  const looked = { ...known, lookedAt: now, passedMs: total }
  return { total, otherwise: isNoted ? NONE : { decision: 'write' as const, membership: looked } }
}

const decideMissing = (
  known: Membership | undefined,
  now: number,
  retireAfterMs: number,
): MembershipDecision => {
  if (known?.missingSince === undefined)
    return { decision: 'write', membership: { unsettledAt: now, missingSince: now } }
  const { total, otherwise } = lookAgain(known, now, retireAfterMs)
  return total >= retireAfterMs ? { decision: 'retire' } : otherwise
}

/**
 * Decides from what is remembered, whether the integration is in the list (`settings`, absent where it is not), and the time.
 * An integration that the list lacks is remembered as missing before any event is closed without it, so that it gets a
 * backfill when it is back. One that is new, back, or whose `since` lies earlier than before gets its backfill once no other
 * sweep can still act on the list from before. Comparing counts has no part in it.
 */
export const decideMembership = (
  known: Membership | undefined,
  settings: { since?: number } | undefined,
  now: number,
  { settleMs, retireAfterMs }: MembershipPolicy,
): MembershipDecision => {
  if (!settings) return decideMissing(known, now, retireAfterMs)
  const from = settings.since ?? 0
  const unsettled = { unsettledAt: now, ...(from === 0 ? {} : { from }) }
  if (!known || known.missingSince !== undefined) return { decision: 'write', membership: unsettled }
  const { unsettledAt, backfilledSince } = known
  if (backfilledSince !== undefined && backfilledSince <= from) {
    // What was accepted between the two is not its own any more; should `since` move back, it is brought again.
    return backfilledSince === from
      ? NONE
      : { decision: 'write', membership: { ...known, backfilledSince: from } }
  }
  // A sweeper of the image before would find nothing to bring, with the `since` that it has.
  if (backfilledSince !== undefined || (known.from ?? 0) !== from)
    return { decision: 'write', membership: unsettled }
  const { total, otherwise } = lookAgain(known, now, settleMs)
  if (total < settleMs) return otherwise
  return {
    decision: 'backfill',
    membership: { unsettledAt, lookedAt: now, passedMs: total, backfilledSince: from },
  }
}
