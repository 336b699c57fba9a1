import type { OpenEvent } from '../model/open-event.ts'
import type { Outbox } from '../ports/index.ts'
import { eventOf, NOW } from './in-memory.ts'

/** An outbox in memory: `open` is what is not closed yet, `closings` how many were closed together each time. */
export const createTestOutbox = () => {
  const open = new Map<string, OpenEvent & { nextCheckAt: number }>()
  const closings: number[] = []
  const outbox: Outbox = {
    due: async (now, limit) =>
      [...open.values()].filter(({ nextCheckAt }) => nextCheckAt <= now).slice(0, limit),
    read: async (eventId) => eventOf(open.get(eventId)?.version, open.get(eventId)?.centerId),
    postpone: async (eventId, nextCheckAt, checks) => {
      const event = open.get(eventId)
      if (event) open.set(eventId, { ...event, nextCheckAt, checks })
    },
    close: async (eventIds) => {
      closings.push(eventIds.length)
      for (const eventId of eventIds) open.delete(eventId)
    },
  }
  const add = (centerId: string, version = 1, checks = 0) => {
    const eventId = `${centerId}:${version}`
    open.set(eventId, { eventId, centerId, version, centerCreatedAt: 0, checks, nextCheckAt: NOW })
  }
  return { outbox, open, closings, add }
}
