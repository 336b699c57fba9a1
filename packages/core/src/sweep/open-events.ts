import { eventsDue } from '../model/due.ts'
import type { OpenEvent } from '../model/open-event.ts'
import { decideOpenEvent, FIRST_CHECK_MS, retryCheckAt } from './decide-open-event.ts'
import { mapLimit } from '../map-limit.ts'
import type { Clock, Ledger, Outbox, Publisher } from '../ports/index.ts'
import { publishInTime } from '../intake/publish.ts'
import type { IntegrationSettings } from '../model/settings.ts'

export type OpenEventsDeps = {
  outbox: Outbox
  ledger: Pick<Ledger, 'versions'>
  publisher: Publisher
  clock: Clock
  integrations: readonly IntegrationSettings[]
}

/** An event whose row these integrations lack; `nextCheckAt` is for when all of them were tried. */
export type MissingEvent = { event: OpenEvent; integrations: string[]; nextCheckAt: number }

/** What a sweep did with the open events that were due; `errors` are of those that could not be published. */
export type CheckedEvents = {
  closed: number
  published: number
  waiting: number
  missing: MissingEvent[]
  errors: unknown[]
}

/** What the sweep knows of the integrations: who is paused, and when the window of each opens (epoch milliseconds). */
export type SweepKnowledge = { paused: ReadonlySet<string>; opensAt: ReadonlyMap<string, number> }

/** The centers to hand over, by integration, each once. */
export const centersToReconcile = (missing: readonly MissingEvent[]): Map<string, Set<string>> => {
  const reconcile = new Map<string, Set<string>>()
  for (const { event, integrations } of missing) {
    for (const name of integrations) {
      reconcile.set(name, (reconcile.get(name) ?? new Set()).add(event.centerId))
    }
  }
  return reconcile
}

const BATCH = 100
// Publications that hang take 2 s each: side by side, a batch of them ends within the sweep.
const EVENTS_AT_ONCE = 8

/**
 * Checks every open event that is due: closes those that are handed over, publishes again those of which no integration
 * knows, and names those that an integration lacks. Safe to run twice at once: every step may be repeated.
 */
export const createOpenEvents = (deps: OpenEventsDeps) => {
  const { outbox, ledger, publisher, clock, integrations } = deps

  const publish = async (event: OpenEvent, nextCheckAt: number, checked: CheckedEvents) => {
    try {
      const stored = await outbox.read(event.eventId)
      if (stored) await publishInTime({ publisher, clock }, stored)
    } catch (error) {
      // One that cannot be published must not keep the others from it. It was not tried: no doubled gap.
      checked.errors.push(error)
      await outbox.postpone(event.eventId, clock.now() + FIRST_CHECK_MS, event.checks)
      return
    }
    checked.published += 1
    // Last, so that a crash before it only means one more check.
    await outbox.postpone(event.eventId, nextCheckAt, event.checks + 1)
  }

  const sweepOne = async (
    event: OpenEvent,
    known: SweepKnowledge,
    versions: Record<string, number>,
    checked: CheckedEvents,
  ): Promise<boolean> => {
    const decided = decideOpenEvent(event, versions, integrations, known.paused, clock.now())
    switch (decided.action) {
      case 'close':
        return true
      case 'publish':
        await publish(event, decided.nextCheckAt, checked)
        return false
      case 'reconcile': {
        const names = decided.integrations.map(({ name }) => name)
        const opensAt = names.map((name) => known.opensAt.get(name) ?? 0)
        checked.missing.push({ event, integrations: names, nextCheckAt: decided.nextCheckAt })
        // Its windows may have no place for it, or the process may end: until it was tried it comes due soon.
        await outbox.postpone(event.eventId, retryCheckAt(opensAt, clock.now()), event.checks)
        return false
      }
      case 'wait':
        checked.waiting += 1
        await outbox.postpone(event.eventId, decided.nextCheckAt, event.checks + 1)
        return false
      default:
        return decided satisfies never
    }
  }

  return {
    /** Checks what is due; begins no event at or after the deadline (monotonic milliseconds). */
    check: async (known: SweepKnowledge, deadline: number): Promise<CheckedEvents> => {
      const checked: CheckedEvents = { closed: 0, published: 0, waiting: 0, missing: [], errors: [] }
      while (clock.monotonic() < deadline) {
        const events = await outbox.due(eventsDue(clock.now()), BATCH)
        if (events.length === 0) break
        const versions = await ledger.versions(events.map(({ centerId }) => centerId))
        const handedOver: string[] = []
        await mapLimit(events, EVENTS_AT_ONCE, async (event) => {
          if (clock.monotonic() >= deadline) return
          const closable = await sweepOne(event, known, versions[event.centerId] ?? {}, checked)
          if (closable) handedOver.push(event.eventId)
        })
        if (handedOver.length > 0) await outbox.close(handedOver, clock.now())
        checked.closed += handedOver.length
      }
      return checked
    },

    /** Puts events off by their doubled gap, now that every integration which lacks them was tried. */
    postponeTried: (tried: readonly MissingEvent[]): Promise<void> =>
      mapLimit(tried, EVENTS_AT_ONCE, ({ event, nextCheckAt }) =>
        outbox.postpone(event.eventId, nextCheckAt, event.checks + 1),
      ),
  }
}

export type OpenEvents = ReturnType<typeof createOpenEvents>
