/** Rows of one page: those to send, how many of it are skipped, and where the next page begins (absent after the last). */
import type { Redrive, RedriveLane } from '../model/redrive.ts'
import type { RecoveryState } from '../model/recovery-state.ts'
export type TakenRows = { centerIds: readonly string[]; skipped: number; cursor: string | undefined }

/** How a window ended: rows by result; `settled` names those that the redrive is done with. */
export type SettledRows = {
  settled: readonly string[]
  delivered: number
  failed: number
  skipped: number
  window: RecoveryState
}

/** What a redrive shows of itself. */
export type RedriveProgress = Pick<Redrive, 'total' | 'delivered' | 'failed' | 'skipped'> & {
  phase: RecoveryState['phase']
  inFlight: number
  remaining: number
}

const changeLane = (
  redrive: Redrive,
  integration: string,
  change: (lane: RedriveLane) => RedriveLane,
): Redrive => ({
  ...redrive,
  lanes: redrive.lanes.map((lane) => (lane.integration === integration ? change(lane) : lane)),
})

/** How many rows it has dealt with, or is dealing with now. */
const handledBy = ({ delivered, failed, skipped, lanes }: Redrive): number =>
  delivered + failed + skipped + lanes.reduce((sum, { sending }) => sum + sending.length, 0)

// More rows than were counted may have come to fit the filter meanwhile.
const withTotal = (redrive: Redrive): Redrive => ({
  ...redrive,
  total: Math.max(redrive.total, handledBy(redrive)),
})

/** A lane that has taken and settled everything. */
export const isLaneDone = ({ exhausted, sending }: RedriveLane): boolean => exhausted && sending.length === 0

// Rows that were counted and did not come up again were moved by somebody else: skipped, like every other such row.
const finished = (redrive: Redrive): Redrive =>
  redrive.state === 'running' && redrive.lanes.every(isLaneDone)
    ? { ...redrive, state: 'done', skipped: redrive.skipped + redrive.total - handledBy(redrive) }
    : redrive

/** Takes the rows of one page before they are sent. Forward only: the cursor never goes back. */
export const takeRows = (
  redrive: Redrive,
  integration: string,
  { centerIds, skipped, cursor }: TakenRows,
): Redrive => {
  const taken = changeLane(redrive, integration, (lane) => ({
    ...lane,
    // After the last page it stays where it is: nothing is taken any more.
    ...(cursor === undefined ? {} : { cursor }),
    exhausted: cursor === undefined,
    sending: centerIds,
  }))
  return finished(withTotal({ ...taken, skipped: taken.skipped + skipped }))
}

/** Counts what became of rows that were sent; those that are not settled stay with the lane. */
export const settleRows = (redrive: Redrive, integration: string, rows: SettledRows): Redrive => {
  const settled = changeLane(redrive, integration, (lane) => ({
    ...lane,
    window: rows.window,
    sending: lane.sending.filter((centerId) => !rows.settled.includes(centerId)),
  }))
  return finished(
    withTotal({
      ...settled,
      delivered: settled.delivered + rows.delivered,
      failed: settled.failed + rows.failed,
      skipped: settled.skipped + rows.skipped,
    }),
  )
}

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
  return { decision: 'changed', redrive: finished({ ...redrive, state }) }
}

/** Whether a sweep has anything to do for it: it runs, or rows of it are not settled yet. */
export const isActive = ({ state, lanes }: Redrive): boolean =>
  state === 'running' || (state !== 'done' && lanes.some(({ sending }) => sending.length > 0))

/** How far it has got; the numbers always add up to `total`. */
export const progressOf = (redrive: Redrive): RedriveProgress => {
  const { total, delivered, failed, skipped, lanes } = redrive
  const inFlight = lanes.reduce((sum, { sending }) => sum + sending.length, 0)
  return {
    total,
    delivered,
    failed,
    skipped,
    inFlight,
    remaining: total - handledBy(redrive),
    phase: lanes.some(({ window }) => window.phase === 'ramp') ? 'ramp' : 'canary',
  }
}
