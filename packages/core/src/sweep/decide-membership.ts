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

const decideMissing = (
  known: Membership | undefined,
  now: number,
  retireAfterMs: number,
): MembershipDecision => {
  const since = known?.missingSince
  // A time in the future was written by a clock that had jumped: the absence begins now.
  if (since === undefined || since > now)
    return { decision: 'write', membership: { unsettledAt: now, missingSince: now } }
  return now - since >= retireAfterMs ? { decision: 'retire' } : NONE
}

/**
 * Decides from what is remembered, whether the integration is in the list (`settings`, absent where it is not), and the time.
 * An integration that the list lacks is remembered as missing before any event is closed without it, so that it gets a
 * backfill when it is back. One that is new, back, or whose `since` lies earlier than before gets its backfill once no other
 * sweep can still act on a list without it. Comparing counts has no part in it.
 */
export const decideMembership = (
  known: Membership | undefined,
  settings: { since?: number } | undefined,
  now: number,
  { settleMs, retireAfterMs }: MembershipPolicy,
): MembershipDecision => {
  if (!settings) return decideMissing(known, now, retireAfterMs)
  if (!known || known.missingSince !== undefined)
    return { decision: 'write', membership: { unsettledAt: now } }
  const { unsettledAt } = known
  // Written by a clock that had jumped: others may act on another list for as long from now on.
  if (unsettledAt > now) return { decision: 'write', membership: { ...known, unsettledAt: now } }
  const from = settings.since ?? 0
  const { backfilledSince } = known
  if (backfilledSince !== undefined && backfilledSince <= from) {
    // What was accepted between the two is not its own any more; should `since` move back, it is brought again.
    return backfilledSince === from
      ? NONE
      : { decision: 'write', membership: { unsettledAt, backfilledSince: from } }
  }
  if (now - unsettledAt < settleMs) return NONE
  return { decision: 'backfill', membership: { unsettledAt, backfilledSince: from } }
}
