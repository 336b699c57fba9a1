import type { Redrive, RedriveLane } from '../model/redrive.ts'
import { changeRedrive } from './change-redrive.ts'
import { nextWindow, windowSize } from '../recovery/next-window.ts'
import { fittingHandOvers, type RateBudgets } from '../recovery/rate-budget.ts'
import type { Clock, DeliverySearch, Ids, RedriveStore } from '../ports/index.ts'
import { decideRow, paceOf, settledBy } from './redrive.ts'
import { isLaneDone, settleRows, takeRows, type TakenRows } from './redrive-steps.ts'
import { createSendRedrive, type SendRedriveDeps } from './send-redrive.ts'
import type { IntegrationSettings } from '../model/settings.ts'

export type StepRedriveDeps = Omit<SendRedriveDeps, 'clock'> & {
  redrives: RedriveStore
  search: DeliverySearch
  clock: Clock
  ids: Pick<Ids, 'random'>
  budgets: RateBudgets
  /** Told after each step. */
  onStep?: (redrive: Redrive) => void
}

// Bounds how long one step looks before what it has found is written.
const SKIPPED_MAX = 200

// At a low rate a window lasts for minutes. Between two parts of it the redrive is read again: who pauses it is heard.
const PART_MS = 2_000

/** Looks for rows to fill a window, past those that are skipped, which cost no step of their own. */
const lookForRows = async (
  search: DeliverySearch,
  redrive: Redrive,
  { integration, cursor: start }: RedriveLane,
  size: number,
): Promise<TakenRows> => {
  const centerIds: string[] = []
  let skipped = 0
  let cursor = start
  do {
    const position = {
      pageSize: size - centerIds.length,
      ...(cursor === undefined ? {} : { pageToken: cursor }),
    }
    const { items, nextPageToken } = await search.find({ ...redrive.filter, integration }, position)
    const toSend = items.filter((found) => decideRow(redrive, found) === 'send')
    centerIds.push(...toSend.map(({ centerId }) => centerId))
    skipped += items.length - toSend.length
    cursor = nextPageToken
  } while (cursor !== undefined && centerIds.length < size && skipped < SKIPPED_MAX)
  return { centerIds, skipped, cursor }
}

/**
 * One step of one lane of a redrive, forward only: it takes rows, or sends what was taken, or waits for its window. The
 * rows are written before they are sent, so that a process that dies leaves nothing behind that the next one cannot see.
 * Resolves with false where there is nothing to do before the deadline (monotonic milliseconds).
 */
export const createStepRedrive = (deps: StepRedriveDeps) => {
  const { redrives, search, ledger, states, clock, ids, budgets } = deps
  const send = createSendRedrive(deps)

  const change = async (id: string, apply: (redrive: Redrive) => Redrive) => {
    const changed = await changeRedrive(redrives, id, apply)
    if (changed) deps.onStep?.(changed)
  }

  const take = async (redrive: Redrive, lane: RedriveLane, size: number) => {
    const taken = await lookForRows(search, redrive, lane, size)
    // Somebody may have paused or cancelled it meanwhile: then it takes nothing more.
    await change(redrive.id, (now) =>
      now.state === 'running' ? takeRows(now, lane.integration, taken) : now,
    )
  }

  const sendTaken = async (
    redrive: Redrive,
    lane: RedriveLane,
    size: number,
    settings: IntegrationSettings,
    deadline: number,
  ): Promise<boolean> => {
    const begunAt = clock.monotonic()
    const pace = paceOf(redrive, settings.recovery)
    const { signals, ...rows } = await send(redrive, lane, size, pace, deadline)
    const result = { ...signals, tookMs: clock.monotonic() - begunAt }
    const learned = signals.succeeded + signals.failed > 0
    // Rows that others have dealt with say nothing about the system, and are no reason to wait.
    const window = learned ? nextWindow(lane.window, result, clock.now(), ids.random(), pace) : lane.window
    await change(redrive.id, (now) => settleRows(now, lane.integration, { ...rows, window }))
    return rows.settled.length > 0
  }

  /**
   * Rows that were taken before a redrive was stopped: what it did is counted. The others wait for the resume where it is
   * paused, and are skipped where it is cancelled.
   */
  const settleStopped = async (redrive: Redrive, { integration, sending, window }: RedriveLane) => {
    const rest = redrive.state === 'paused' ? 'waiting' : 'skipped'
    const rows = await Promise.all(
      sending.map(async (centerId) => {
        const found = await ledger.read({ integration, centerId })
        return { centerId, result: settledBy(found?.row, redrive.id) ?? rest }
      }),
    )
    const settled = rows.flatMap(({ centerId, result }) => (result === 'waiting' ? [] : [centerId]))
    if (settled.length === 0) return
    const count = (result: string) => rows.filter((row) => row.result === result).length
    const [delivered, failed, skipped] = [count('delivered'), count('failed'), count('skipped')]
    await change(redrive.id, (now) =>
      settleRows(now, integration, { settled, delivered, failed, skipped, window }),
    )
  }

  return async (id: string, settings: IntegrationSettings, deadline: number): Promise<boolean> => {
    const redrive = (await redrives.read(id))?.redrive
    const lane = redrive?.lanes.find(({ integration }) => integration === settings.name)
    if (!redrive || !lane || isLaneDone(lane)) return false
    if (redrive.state !== 'running') {
      if (lane.sending.length > 0) await settleStopped(redrive, lane)
      return false
    }
    if ((await states.read(settings.name))?.paused) return false
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
    await take(redrive, lane, size)
    return true
  }
}
