import type { DistributionCenterEvent } from '@mensageria/contracts'
import { FIRST_CHECK_MS, isDueAt, type Due, type Outbox } from '@mensageria/core'
import type { Context } from '../context.ts'
import type { EventEntry, Stored } from '../stored.ts'

/** Those that are due, longest due first; what is planned later than can be comes last, as its time has it. */
export const dueFirst = <T>(
  all: Iterable<T>,
  plannedAt: (one: T) => number | undefined,
  due: Due,
  limit: number,
): T[] => {
  const found: { one: T; at: number }[] = []
  for (const one of all) {
    const at = plannedAt(one)
    if (at !== undefined && isDueAt(at, due)) found.push({ one, at })
  }
  return found
    .toSorted((a, b) => a.at - b.at)
    .slice(0, limit)
    .map(({ one }) => one)
}

/** Puts an open event there; its first check is some seconds after it happened, unless said. */
export const openEvent = (
  stored: Stored,
  event: DistributionCenterEvent,
  { checks = 0, nextCheckAt = Date.parse(event.time) + FIRST_CHECK_MS } = {},
): void => {
  const open = {
    eventId: event.id,
    centerId: event.subject,
    version: event.sequence,
    centerCreatedAt: Date.parse(event.data.createdAt),
    checks,
  }
  const entry: EventEntry = { event, open, nextCheckAt }
  stored.events.set(event.id, entry)
  stored.openEvents.set(event.id, entry)
}

/** The outbox port over the open events. */
export const createOutbox = ({ stored, asks }: Context): Outbox => ({
  due: (due, limit) =>
    asks.run('outbox.due', () =>
      dueFirst(stored.openEvents.values(), ({ nextCheckAt }) => nextCheckAt, due, limit).map(
        ({ open }) => open,
      ),
    ),
  read: (eventId) => asks.run('outbox.read', () => stored.events.get(eventId)?.event),
  postpone: (eventId, nextCheckAt, checks) =>
    asks.run('outbox.postpone', () => {
      const found = stored.openEvents.get(eventId)
      if (!found) return
      const entry = { ...found, nextCheckAt, open: { ...found.open, checks } }
      stored.events.set(eventId, entry)
      stored.openEvents.set(eventId, entry)
    }),
  close: (eventIds, now) =>
    asks.run('outbox.close', () => {
      for (const eventId of eventIds) {
        const found = stored.openEvents.get(eventId)
        if (!found) continue
        stored.openEvents.delete(eventId)
        stored.events.set(eventId, { event: found.event, open: found.open, closedAt: now })
      }
    }),
})
