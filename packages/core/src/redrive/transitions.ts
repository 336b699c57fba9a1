import type { RecoveryState } from '../model/recovery-state.ts'
import type { Redrive, RedriveLane } from '../model/redrive.ts'

/** Rows of one search: those to send, how many of it are skipped, and where the next begins (absent after the last). */
export type TakenRows = { centerIds: readonly string[]; skipped: number; cursor: string | undefined }

/** How a row ended that a redrive sent. */
export type RowResult = 'delivered' | 'failed' | 'skipped'

/** What a redrive shows of itself; the numbers after `total` add up to it. `more`: there may be more than `total`. */
export type RedriveProgress = {
  phase: RecoveryState['phase']
  total: number
  more: boolean
  delivered: number
  failed: number
  skipped: number
  inFlight: number
  remaining: number
}

/** How many rows a lane has dealt with, or is dealing with now. */
const handledBy = ({ delivered, failed, skipped, sending }: RedriveLane): number =>
  delivered + failed + skipped + sending.length

const sum = (lanes: readonly RedriveLane[], of: (lane: RedriveLane) => number): number =>
  lanes.reduce((total, lane) => total + of(lane), 0)

/** A lane that has taken and settled everything. */
export const isLaneDone = ({ exhausted, sending }: RedriveLane): boolean => exhausted && sending.length === 0

/**
 * Takes the rows of one search before they are sent. Forward only, and only where the lane stands as the search saw it:
 * written twice, or by two processes at once, it counts once.
 */
export const takeRows = (
  lane: RedriveLane,
  searchedFrom: string | undefined,
  { centerIds, skipped, cursor }: TakenRows,
): RedriveLane => {
  if (lane.cursor !== searchedFrom || lane.exhausted || lane.sending.length > 0) return lane
  return {
    ...lane,
    // After the last rows it stays where it is: nothing is taken any more.
    ...(cursor === undefined ? {} : { cursor }),
    exhausted: cursor === undefined,
    sending: centerIds,
    skipped: lane.skipped + skipped,
  }
}

/**
 * Counts what became of rows that were sent; those without a result stay with the lane. Only a row that the lane still has is
 * counted, so a write that is repeated, and a second process that has settled the same row, count nothing twice.
 */
export const settleRows = (
  lane: RedriveLane,
  results: ReadonlyMap<string, RowResult>,
  window: RecoveryState = lane.window,
): RedriveLane => {
  const settled = lane.sending.flatMap((centerId) => results.get(centerId) ?? [])
  const count = (result: RowResult): number => settled.filter((one) => one === result).length
  return {
    ...lane,
    window,
    sending: lane.sending.filter((centerId) => !results.has(centerId)),
    delivered: lane.delivered + count('delivered'),
    failed: lane.failed + count('failed'),
    skipped: lane.skipped + count('skipped'),
  }
}

/** Takes no more rows: what another process has searched meanwhile is not taken either. What was taken stays with the lane. */
export const stopLane = (lane: RedriveLane): RedriveLane =>
  lane.exhausted ? lane : { ...lane, exhausted: true }

/** Ends a lane that nobody will run: its integration is gone. What it had taken is skipped. */
export const endLane = (lane: RedriveLane): RedriveLane => ({
  ...lane,
  exhausted: true,
  sending: [],
  skipped: lane.skipped + lane.sending.length,
})

/** What a person does with a redrive that has begun. */
export type RedriveAction = 'pause' | 'resume' | 'cancel'

const STATE_AFTER = { pause: 'paused', resume: 'running', cancel: 'cancelled' } as const

/**
 * Pauses, resumes or cancels; `same` where it is so already, `ended` where it is too late. What is being sent is settled
 * and counted all the same.
 */
export const decideRedriveAction = (
  redrive: Redrive,
  action: RedriveAction,
): { decision: 'changed'; redrive: Redrive } | { decision: 'same' | 'ended' } => {
  const state = STATE_AFTER[action]
  if (redrive.state === state) return { decision: 'same' }
  if (redrive.state === 'done' || redrive.state === 'cancelled') return { decision: 'ended' }
  return { decision: 'changed', redrive: { ...redrive, state, open: true } }
}

/**
 * The redrive once a sweep has seen its lanes: done where every lane is, and closed where no sweep has anything to do for it.
 * One that is paused is closed once no call is under way (`isIdle`); what its lanes have taken waits for the resume. One that
 * is cancelled has to stop its lanes first.
 */
export const afterLanes = (redrive: Redrive, lanes: readonly RedriveLane[], isIdle: boolean): Redrive => {
  const areDone = lanes.every(isLaneDone)
  if (redrive.state === 'running') return areDone ? { ...redrive, state: 'done', open: false } : redrive
  const isClosed = redrive.state === 'paused' ? isIdle : areDone
  return isClosed && redrive.open ? { ...redrive, open: false } : redrive
}

const isUnderWay = ({ state }: Redrive): boolean => state === 'running' || state === 'paused'

/** How far it has got. */
export const progressOf = (redrive: Redrive, lanes: readonly RedriveLane[]): RedriveProgress => {
  const handled = sum(lanes, handledBy)
  const total = Math.max(redrive.expected ?? 0, handled)
  // Rows that were expected and did not come up were moved by somebody else since: skipped, like every other such row.
  const moved = redrive.state === 'done' ? total - handled : 0
  const taken = sum(lanes, ({ sending }) => sending.length)
  // What a closed redrive has taken is not being sent: it waits for the resume.
  const inFlight = redrive.open ? taken : 0
  return {
    phase: lanes.some(({ window }) => window.phase === 'ramp') ? 'ramp' : 'canary',
    total,
    more: isUnderWay(redrive) && lanes.some(({ exhausted }) => !exhausted),
    delivered: sum(lanes, ({ delivered }) => delivered),
    failed: sum(lanes, ({ failed }) => failed),
    skipped: sum(lanes, ({ skipped }) => skipped) + moved,
    inFlight,
    remaining: total - handled - moved + taken - inFlight,
  }
}

/** What a redrive has left, as far as it is known: the shortest is run first. */
export const leftOf = (redrive: Redrive, lanes: readonly RedriveLane[]): number =>
  redrive.expected === undefined
    ? Number.POSITIVE_INFINITY
    : Math.max(
        0,
        redrive.expected - sum(lanes, ({ delivered, failed, skipped }) => delivered + failed + skipped),
      )
