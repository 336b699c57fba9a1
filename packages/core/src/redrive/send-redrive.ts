import type { Redrive, RedriveLane } from '../model/redrive.ts'
import { toEvent } from '@mensageria/contracts'
import { isLeased } from '../deliver/decide-claim.ts'
import type { DeliverResult } from '../deliver/deliver.ts'
import { mapLimit } from '../map-limit.ts'
import type { WindowSignal } from '../recovery/next-window.ts'
import type { CenterStore, Clock, IntegrationStates, Ledger } from '../ports/index.ts'
import { decideRow, settledBy } from './redrive.ts'
import { createTurns } from '../recovery/rate-budget.ts'
import type { HandOver } from '../recovery/send-window.ts'
import type { RecoveryPolicy } from '../model/settings.ts'

export type SendRedriveDeps = {
  centers: Pick<CenterStore, 'read'>
  ledger: Pick<Ledger, 'read'>
  states: Pick<IntegrationStates, 'read'>
  clock: Pick<Clock, 'monotonic' | 'sleep'>
  handOver: HandOver
}

/** How a window of a redrive ended: rows by result, those that it is done with, and what the calls teach. */
export type SentRows = {
  settled: string[]
  delivered: number
  failed: number
  skipped: number
  signals: WindowSignal
}

// Hand-overs on the wire together, as in recovery.
const HANDOVERS_AT_ONCE = 8

/** What became of one row, and what that teaches about the system; `unsent` rows stay with the redrive. */
type Sent = { result: 'delivered' | 'failed' | 'skipped' | 'unsent'; lesson?: keyof WindowSignal }

const toSent = (result: DeliverResult['result']): Sent => {
  switch (result) {
    case 'delivered':
      return { result: 'delivered', lesson: 'succeeded' }
    case 'rejected':
      // It answered: the system works.
      return { result: 'failed', lesson: 'succeeded' }
    case 'transient':
    case 'misconfigured':
    case 'unknown':
      return { result: 'failed', lesson: 'failed' }
    case 'busy':
    case 'held':
    case 'already-rejected':
    case 'lease-lost':
    case 'duplicate':
    case 'superseded':
      return { result: 'skipped' }
    default:
      return result satisfies never
  }
}

/**
 * Hands over rows that a redrive has taken, each after a fresh look at it: what the redrive has settled before a crash is
 * only counted, and what somebody else has in work is skipped. Nothing begins at or after the deadline.
 */
export const createSendRedrive = ({ centers, ledger, states, clock, handOver }: SendRedriveDeps) => {
  const isPaused = async (name: string) => (await states.read(name))?.paused !== undefined

  const send = async (redrive: Redrive, integration: string, centerId: string): Promise<Sent> => {
    const [found, stored] = await Promise.all([
      ledger.read({ integration, centerId }),
      centers.read(centerId),
    ])
    const before = settledBy(found?.row, redrive.id)
    if (before) return { result: before }
    if (!stored) return { result: 'skipped' }
    // A lease that nobody holds any more is what a crash of ours leaves behind: it is taken over.
    const isLeftBehind = found?.row.state === 'delivering' && !isLeased(found)
    const seen = { row: found?.row, centerVersion: stored.center.version }
    if (!isLeftBehind && decideRow(redrive, seen) === 'skip') return { result: 'skipped' }
    try {
      const trigger = { kind: 'redrive', id: redrive.id, force: redrive.force } as const
      const { result } = await handOver(integration, toEvent(stored.center, stored.traceparent), trigger)
      // The integration may learn of a resume some seconds after us: a row that recovery would not bring waits for it.
      const isOurs = found?.row.state !== 'parked'
      if (result === 'held' && (isOurs || (await isPaused(integration)))) return { result: 'unsent' }
      return toSent(result)
    } catch {
      // The endpoint was not reached: nothing happened to the row, and its turn comes again.
      return { result: 'unsent', lesson: 'failed' }
    }
  }

  return async (
    redrive: Redrive,
    lane: RedriveLane,
    size: number,
    recovery: RecoveryPolicy,
    deadline: number,
  ): Promise<SentRows> => {
    const counts = { delivered: 0, failed: 0, skipped: 0, unsent: 0 }
    const signals = { succeeded: 0, failed: 0 }
    const settled: string[] = []
    const turn = createTurns(clock, recovery)
    await mapLimit(lane.sending.slice(0, size), HANDOVERS_AT_ONCE, async (centerId) => {
      if (!(await turn(deadline))) return
      const { result, lesson } = await send(redrive, lane.integration, centerId)
      counts[result] += 1
      if (lesson) signals[lesson] += 1
      if (result !== 'unsent') settled.push(centerId)
    })
    const { delivered, failed, skipped } = counts
    return { settled, delivered, failed, skipped, signals }
  }
}
