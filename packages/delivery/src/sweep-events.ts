import { decideOpenEvent, type OpenEvent } from './decide-open-event.ts'
import type { Clock, Ledger, Outbox, Publisher } from './ports.ts'
import type { IntegrationSettings } from './settings.ts'

export type SweepEventsDeps = {
  outbox: Outbox
  ledger: Pick<Ledger, 'versions'>
  publisher: Publisher
  clock: Clock
  integrations: readonly IntegrationSettings[]
}

/** What a sweep did with the open events that were due. `heal` names, by integration, the centres to hand over. */
export type SweptEvents = { closed: number; published: number; waiting: number; heal: Map<string, string[]> }

const BATCH = 100

/**
 * Looks at every open event that is due: closes those that are handed over, publishes again those of which no integration
 * knows, and names those that an integration lacks. Safe to run twice at once: every step may be repeated.
 */
export const createSweepEvents = (deps: SweepEventsDeps) => {
  const { outbox, ledger, publisher, clock, integrations } = deps

  const sweepOne = async (
    event: OpenEvent,
    paused: ReadonlySet<string>,
    versions: Record<string, number>,
    swept: SweptEvents,
  ) => {
    const decided = decideOpenEvent(event, versions, integrations, paused, clock.now())
    if (decided.action === 'close') return event.eventId
    if (decided.action === 'publish') {
      const stored = await outbox.read(event.eventId)
      if (stored) await publisher.publish(stored)
      swept.published += 1
    }
    if (decided.action === 'heal') {
      for (const { name } of decided.integrations) {
        swept.heal.set(name, [...(swept.heal.get(name) ?? []), event.centerId])
      }
    }
    if (decided.action === 'wait') swept.waiting += 1
    // Last, so that a crash before it only means one more look.
    await outbox.postpone(event.eventId, decided.nextLookAt, event.looks + 1)
    return undefined
  }

  return async (paused: ReadonlySet<string>, deadline: number): Promise<SweptEvents> => {
    const swept: SweptEvents = { closed: 0, published: 0, waiting: 0, heal: new Map() }
    while (clock.monotonic() < deadline) {
      const events = await outbox.due(clock.now(), BATCH)
      if (events.length === 0) break
      const versions = await ledger.versions(events.map(({ centerId }) => centerId))
      const handedOver: string[] = []
      for (const event of events) {
        const closable = await sweepOne(event, paused, versions[event.centerId] ?? {}, swept)
        if (closable !== undefined) handedOver.push(closable)
      }
      if (handedOver.length > 0) await outbox.close(handedOver, clock.now())
      swept.closed += handedOver.length
    }
    return swept
  }
}

export type SweepEvents = ReturnType<typeof createSweepEvents>
