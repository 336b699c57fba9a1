import { toEvent, type DistributionCenterEvent } from '@mensageria/contracts'
import type { DeliverResult } from './deliver.ts'
import type { By } from './delivery-row.ts'
import { mapLimit } from './map-limit.ts'
import type { WindowResult } from './next-window.ts'
import type { CenterStore, Clock, Ledger, ReadRow } from './ports.ts'
import type { IntegrationSettings } from './settings.ts'

/** Hands one event to one integration's push endpoint; what it answers is the result. */
export type HandOver = (integration: string, event: DistributionCenterEvent, by: By) => Promise<DeliverResult>

/** What a window can send: a due row, or a centre whose row is missing. */
export type Candidate = { centerId: string; due?: ReadRow }

export type SendWindowDeps = {
  centers: Pick<CenterStore, 'read'>
  ledger: Pick<Ledger, 'replace'>
  clock: Clock
  handOver: HandOver
}

// Hand-overs on the wire together; the window says how many a step sends in all.
const HANDOVERS_AT_ONCE = 8

/** What an answer teaches about the system: that it works (also by refusing), that it does not, or nothing. */
const lessonOf = (result: DeliverResult['result']): keyof WindowResult | 'nothing' => {
  switch (result) {
    case 'delivered':
    case 'rejected':
    case 'duplicate':
    case 'superseded':
      return 'succeeded'
    case 'transient':
    case 'misconfigured':
    case 'unknown':
      return 'failed'
    case 'busy':
    case 'held':
    case 'refused':
    case 'lease-lost':
      return 'nothing'
    default:
      return result satisfies never
  }
}

/** Hands over one window of an integration's backlog and counts how it ended. */
export const createSendWindow = ({ centers, ledger, clock, handOver }: SendWindowDeps) => {
  // A row that could not be tried must not be the first of the next window again.
  const postpone = async ({ row, revision }: ReadRow, until: number) => {
    // Writing a lease would renew it; a closed row has no time.
    if (row.state !== 'retrying' && row.state !== 'parked') return
    await ledger.replace(
      { ...row, dueAt: Math.max(until, row.inDoubtUntil ?? 0, row.notBefore ?? 0) },
      revision,
    )
  }

  const send = async (settings: IntegrationSettings, { centerId, due }: Candidate) => {
    const stored = await centers.read(centerId)
    if (!stored) return 'nothing'
    // Always the centre's current version: an older one would be superseded at once.
    const event = toEvent(stored.center, stored.traceparent)
    try {
      return lessonOf((await handOver(settings.name, event, { kind: due ? 'recovery' : 'heal' })).result)
    } catch {
      // The endpoint itself could not be reached; the row is as it was, and must not be the first again.
      return 'unreachable'
    }
  }

  return async (settings: IntegrationSettings, candidates: readonly Candidate[]): Promise<WindowResult> => {
    const counts = { succeeded: 0, failed: 0, nothing: 0 }
    await mapLimit(candidates, HANDOVERS_AT_ONCE, async (candidate) => {
      const lesson = await send(settings, candidate)
      counts[lesson === 'unreachable' ? 'failed' : lesson] += 1
      if ((lesson === 'nothing' || lesson === 'unreachable') && candidate.due) {
        await postpone(candidate.due, clock.now() + settings.recovery.maxIntervalMs)
      }
    })
    return { succeeded: counts.succeeded, failed: counts.failed }
  }
}
