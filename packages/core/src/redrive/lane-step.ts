import type { Redrive, RedriveLane } from '../model/redrive.ts'
import type { IntegrationSettings } from '../model/settings.ts'
import type { DeliverySearch, Ids, ReadRedrive, RedriveStore } from '../ports/index.ts'
import { nextWindow, windowSize } from '../recovery/next-window.ts'
import { fittingHandOvers, type RateBudgets } from '../recovery/rate-budget.ts'
import { changeLane } from './change.ts'
import { paceOf, settledBy, shouldSend } from './decide.ts'
import { createSendLane, isLeasedBy, type SendLaneDeps } from './send-lane.ts'
import { isLaneDone, settleRows, stopLane, takeRows, type RowResult, type TakenRows } from './transitions.ts'

export type LaneStepDeps = SendLaneDeps & {
  redrives: RedriveStore
  search: DeliverySearch
  ids: Pick<Ids, 'random'>
  budgets: RateBudgets
}

// Bound how much one step searches before what it has found is written.
const SKIPPED_MAX = 200
const PAGES_MAX = 20

// At a low rate a window lasts for minutes. Between two parts of it the redrive is read again: a pause is noticed.
const PART_MS = 2_000

/** Searches for rows to fill a window, past those that are skipped, which cost no step of their own. */
const findRows = async (
  search: DeliverySearch,
  redrive: Redrive,
  { integration, cursor: start }: RedriveLane,
  size: number,
  now: number,
): Promise<TakenRows> => {
  const centerIds: string[] = []
  let skipped = 0
  let cursor = start
  for (let page = 0; page < PAGES_MAX; page++) {
    const position = {
      pageSize: size - centerIds.length,
      ...(cursor === undefined ? {} : { pageToken: cursor }),
    }
    const { items, nextPageToken } = await search.find({ ...redrive.filter, integration }, position)
    const toSend = items.filter((found) => shouldSend(redrive, found, now))
    centerIds.push(...toSend.map(({ centerId }) => centerId))
    skipped += items.length - toSend.length
    cursor = nextPageToken
    if (cursor === undefined || centerIds.length >= size || skipped >= SKIPPED_MAX) break
  }
  return { centerIds, skipped, cursor }
}

/**
 * One step of one lane of a redrive, forward only: it takes rows, or sends what was taken, or waits for its window. The
 * rows are written before they are sent, so that a process that dies leaves nothing behind that the next one cannot see.
 * Resolves with false where there is nothing to do before the deadline (monotonic milliseconds).
 */
export const createLaneStep = (deps: LaneStepDeps) => {
  const { redrives, search, ledger, states, clock, ids, budgets } = deps
  const send = createSendLane(deps)

  const settle = (
    redrive: Redrive,
    { integration }: RedriveLane,
    results: ReadonlyMap<string, RowResult>,
    window: RedriveLane['window'],
  ) => changeLane(redrives, redrive.id, integration, (lane) => settleRows(lane, results, window))

  const sendTaken = async (
    redrive: Redrive,
    lane: RedriveLane,
    size: number,
    settings: IntegrationSettings,
    deadline: number,
  ): Promise<boolean> => {
    const begunAt = clock.monotonic()
    const pace = paceOf(redrive, settings.recovery)
    const { results, signals } = await send(redrive, lane, size, pace, deadline)
    const signal = { ...signals, tookMs: clock.monotonic() - begunAt }
    const isTold = signals.succeeded + signals.failed > 0
    // Rows that others have dealt with say nothing about the system, and are no reason to wait.
    const window = isTold ? nextWindow(lane.window, signal, clock.now(), ids.random(), pace) : lane.window
    if (results.size > 0 || isTold) await settle(redrive, lane, results, window)
    return results.size > 0
  }

  /**
   * Rows that were taken before a redrive was stopped: what it did is counted. The others wait for the resume where it is
   * paused, and are skipped where it is cancelled.
   */
  const settleStopped = async (redrive: Redrive, lane: RedriveLane) => {
    const results = new Map<string, RowResult>()
    for (const centerId of lane.sending) {
      const found = await ledger.read({ integration: lane.integration, centerId })
      const result = settledBy(found?.row, redrive.id)
      if (result) results.set(centerId, result)
      else if (redrive.state === 'cancelled' && !isLeasedBy(found, redrive.id))
        results.set(centerId, 'skipped')
    }
    if (results.size > 0) await settle(redrive, lane, results, lane.window)
  }

  const stepLane = async (
    redrive: Redrive,
    lane: RedriveLane,
    settings: IntegrationSettings,
    deadline: number,
  ): Promise<boolean> => {
    const now = clock.now()
    const pace = paceOf(redrive, settings.recovery)
    const size = windowSize(lane.window, now, pace)
    const fitting = fittingHandOvers(Math.min(PART_MS, deadline - clock.monotonic()), pace)
    const toSend = Math.min(size, lane.sending.length, fitting)
    const waitMs = size === 0 ? lane.window.nextAt - now : toSend > 0 ? budgets.waitMs(settings) : 0
    if (waitMs > 0) {
      if (clock.monotonic() + waitMs >= deadline) return false
      await clock.sleep(waitMs)
      return true
    }
    if (toSend > 0) {
      return budgets.take(settings, toSend) ? sendTaken(redrive, lane, toSend, settings, deadline) : true
    }
    const taken = await findRows(search, redrive, lane, size, now)
    await changeLane(redrives, redrive.id, lane.integration, (current) =>
      takeRows(current, lane.cursor, taken),
    )
    return true
  }

  return async (id: string, settings: IntegrationSettings, deadline: number): Promise<boolean> => {
    const found: ReadRedrive | undefined = await redrives.read(id)
    const lane = found?.lanes.find((one) => one.lane.integration === settings.name)?.lane
    if (!found || !lane || isLaneDone(lane)) return false
    const { redrive } = found
    if (redrive.state !== 'running') {
      if (lane.sending.length > 0) await settleStopped(redrive, lane)
      if (redrive.state === 'cancelled') await changeLane(redrives, redrive.id, settings.name, stopLane)
      return false
    }
    if ((await states.read(settings.name))?.paused) return false
    return stepLane(redrive, lane, settings, deadline)
  }
}
