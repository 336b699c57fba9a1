import { toEvent, type DistributionCenterEvent } from '@mensageria/contracts'
import type { DeliverResult } from '../deliver/deliver.ts'
import { HANDOVERS_MAX } from '../model/budget.ts'
import { signalOf } from './signal-of.ts'
import type { DeliveryTrigger } from '../model/delivery-row.ts'
import { doubtLeftMs, heldBackUntil } from '../deliver/held-until.ts'
import { mapLimit } from '../map-limit.ts'
import type { WindowSignal } from './next-window.ts'
import type { CenterStore, Clock, Ledger, ReadRow } from '../ports/index.ts'
import { createPacer } from './rate-budget.ts'
import type { IntegrationSettings } from '../model/settings.ts'

/** Hands one event to one integration's push endpoint; what it answers is the result. */
export type HandOver = (
  integration: string,
  event: DistributionCenterEvent,
  trigger: DeliveryTrigger,
) => Promise<DeliverResult>

/** What a window can send: a due row, or a center whose row is missing. */
export type Candidate = { centerId: string; due?: ReadRow }

export type SendWindowDeps = {
  centers: Pick<CenterStore, 'read'>
  ledger: Pick<Ledger, 'replace'>
  clock: Clock
  handOver: HandOver
}

/** How a window ended; `untried` are those that the deadline, or the pace of the system, left over. */
export type SentWindow = WindowSignal & { untried: Candidate[] }

/**
 * Hands over one window of an integration's backlog and counts how it ended. Nothing begins at or after the deadline
 * (monotonic milliseconds); what has begun may end.
 */
export const createSendWindow = ({ centers, ledger, clock, handOver }: SendWindowDeps) => {
  // A row that could not be tried must not be the first of the next window again.
  const postpone = async ({ row, revision, ...seen }: ReadRow, { retry, recovery }: IntegrationSettings) => {
    // Writing a lease would renew it; a closed row has no time.
    if (row.state !== 'retrying' && row.state !== 'parked') return
    const now = clock.now()
    const inDoubtMs = doubtLeftMs({ row, ageMs: seen.ageMs })
    const dueAt = Math.max(
      now + recovery.maxIntervalMs,
      heldBackUntil(row, now, retry),
      now + (inDoubtMs ?? 0),
    )
    await ledger.replace({ ...row, inDoubtMs, dueAt }, revision)
  }

  const send = async (settings: IntegrationSettings, { centerId, due }: Candidate, deadline: number) => {
    const stored = await centers.read(centerId)
    if (!stored) return 'nothing'
    if (clock.monotonic() >= deadline) return 'untried'
    // Always the center's current version: an older one would be superseded at once.
    const event = toEvent(stored.center, stored.traceparent)
    try {
      const sent = await handOver(settings.name, event, { kind: due ? 'recovery' : 'reconcile' })
      // Called too often, its row says when it comes again. Not called: it is still the first of the next window.
      if (sent.throttled) return sent.result === 'held' ? 'untried' : 'throttled'
      return signalOf(sent)
    } catch {
      // The endpoint itself could not be reached; the row is as it was, and must not be the first again.
      return 'unreachable'
    }
  }

  return async (
    settings: IntegrationSettings,
    candidates: readonly Candidate[],
    deadline: number,
  ): Promise<SentWindow> => {
    const counts = { succeeded: 0, failed: 0, nothing: 0, throttled: 0 }
    const untried: Candidate[] = []
    let isFull = false
    const turn = createPacer(clock, settings.recovery)
    await mapLimit(candidates, HANDOVERS_MAX, async (candidate) => {
      const goesOn = !isFull && (await turn(deadline))
      const seen = goesOn ? await send(settings, candidate, deadline) : 'untried'
      if (seen === 'untried') {
        isFull = true
        untried.push(candidate)
        return
      }
      counts[seen === 'unreachable' ? 'failed' : seen] += 1
      if ((seen === 'nothing' || seen === 'unreachable') && candidate.due) {
        await postpone(candidate.due, settings)
      }
    })
    return { succeeded: counts.succeeded, failed: counts.failed, untried }
  }
}
