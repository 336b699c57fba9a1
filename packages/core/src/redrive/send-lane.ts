import { toEvent } from '@mensageria/contracts'
import { isLeased } from '../deliver/decide-claim.ts'
import type { DeliverResult } from '../deliver/deliver.ts'
import { mapLimit } from '../map-limit.ts'
import { HANDOVERS_MAX } from '../model/budget.ts'
import type { Redrive, RedriveLane } from '../model/redrive.ts'
import type { RecoveryPolicy } from '../model/settings.ts'
import type { CenterStore, Clock, IntegrationStates, Ledger, ReadRow } from '../ports/index.ts'
import type { WindowSignal } from '../recovery/next-window.ts'
import { createPacer } from '../recovery/rate-budget.ts'
import type { HandOver } from '../recovery/send-window.ts'
import { signalOf } from '../recovery/signal-of.ts'
import { settledBy, shouldSend } from './decide.ts'
import type { RowResult } from './transitions.ts'

export type SendLaneDeps = {
  centers: Pick<CenterStore, 'read'>
  ledger: Pick<Ledger, 'read'>
  states: Pick<IntegrationStates, 'read'>
  clock: Clock
  handOver: HandOver
}

/** How a window of a lane ended: rows by result (a row without one stays with the lane), and what the calls say. */
export type SentRows = { results: Map<string, RowResult>; signals: WindowSignal }

type Sent = { result?: RowResult; signal?: keyof WindowSignal; isFull?: boolean }

/** Whether a row is in work by this redrive, here or in another process. */
export const isLeasedBy = (found: ReadRow | undefined, redriveId: string): boolean =>
  found !== undefined && isLeased(found) && found.row.leasedBy === `redrive:${redriveId}`

/**
 * Hands over rows that a lane has taken, each after a fresh read: what the redrive has settled before a crash, or in another
 * process, is only counted, and what somebody else has in work is skipped. Nothing begins at or after the deadline.
 */
export const createSendLane = ({ centers, ledger, states, clock, handOver }: SendLaneDeps) => {
  const isPaused = async (name: string) => (await states.read(name))?.paused !== undefined

  // The ledger answered, and the system was not called: who has the row, or has had it?
  const withoutCall = async (
    redrive: Redrive,
    integration: string,
    before: ReadRow | undefined,
    centerId: string,
    result: DeliverResult['result'],
  ): Promise<Sent> => {
    if (result === 'held') {
      // The integration may know of a resume some seconds after us; a row that recovery would not bring waits for it.
      const waits = before?.row.state !== 'parked' || (await isPaused(integration))
      return waits ? {} : { result: 'skipped' }
    }
    const after = await ledger.read({ integration, centerId })
    // Our own attempt, in another process: its end tells.
    if (isLeasedBy(after, redrive.id)) return {}
    return { result: settledBy(after?.row, redrive.id) ?? 'skipped' }
  }

  const send = async (redrive: Redrive, integration: string, centerId: string): Promise<Sent> => {
    const [found, stored] = await Promise.all([
      ledger.read({ integration, centerId }),
      centers.read(centerId),
    ])
    const before = settledBy(found?.row, redrive.id)
    if (before) return { result: before }
    if (!stored) return { result: 'skipped' }
    if (isLeasedBy(found, redrive.id)) return {}
    // A lease that nobody holds any more is what a crash leaves behind: it is taken over.
    const isLeftBehind = found?.row.state === 'delivering' && !isLeased(found)
    const pair = { row: found?.row, centerVersion: stored.center.version }
    if (!isLeftBehind && !shouldSend(redrive, pair, clock.now())) return { result: 'skipped' }
    try {
      const trigger = { kind: 'redrive', id: redrive.id, force: redrive.force } as const
      const sent = await handOver(integration, toEvent(stored.center, stored.traceparent), trigger)
      const { result } = sent
      // It stays with the lane where its pace left no place for it; the call that was too often has failed.
      if (sent.throttled) return result === 'held' ? { isFull: true } : { result: 'failed' }
      const signal = signalOf(sent)
      if (signal === 'nothing') return await withoutCall(redrive, integration, found, centerId, result)
      return { result: result === 'delivered' ? 'delivered' : 'failed', signal }
    } catch {
      // The endpoint was not reached: nothing happened to the row, and its turn comes again.
      return { signal: 'failed' }
    }
  }

  return async (
    redrive: Redrive,
    lane: RedriveLane,
    size: number,
    recovery: RecoveryPolicy,
    deadline: number,
  ): Promise<SentRows> => {
    const results = new Map<string, RowResult>()
    const signals = { succeeded: 0, failed: 0 }
    const turn = createPacer(clock, recovery)
    let isFull = false
    await mapLimit(lane.sending.slice(0, size), HANDOVERS_MAX, async (centerId) => {
      if (isFull || !(await turn(deadline))) return
      const { result, signal, ...sent } = await send(redrive, lane.integration, centerId)
      if (sent.isFull) isFull = true
      if (signal) signals[signal] += 1
      if (result) results.set(centerId, result)
    })
    return { results, signals }
  }
}
