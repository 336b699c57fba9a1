/**
 * The time budget of one push, in milliseconds. Each step must end before the next larger one, or a message comes again
 * while its first call still runs:
 *
 *   30 s one whole `deliver`, all its requests together
 * < 45 s the handler: wait for a place 8 s + claim 2 s + call 30 s + settle 5 s
 * < 60 s the broker's acknowledgement deadline
 * < 75 s the lease: a push that missed its deadline is over before anybody else may call
 */
export const CALL_MS = 30_000
export const HANDLER_MS = 45_000
/** How long a push waits for its place, where the pace of its system leaves none at once; before its claim. */
export const PLACE_MS = 8_000
export const ACK_DEADLINE_MS = 60_000
export const LEASE_MS = 75_000

/** A call that begins later than this after its claim could outlive the lease: 75 s - 30 s. */
export const LATEST_CALL_START_MS = LEASE_MS - CALL_MS

/** Hand-overs of the sweeper to one integration at once, of recovery and of redrives each; pushes of the broker come on top. */
export const HANDOVERS_MAX = 8

/** How long the accept path waits for the broker before it answers `pending`; the sweeper publishes what is left. */
export const PUBLISH_MS = 2_000
