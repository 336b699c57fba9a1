import type { OpenEvent } from '../model/open-event.ts'
import type { Outbox } from '../ports/index.ts'
import { eventOf, NOW } from './in-memory.ts'

/** An outbox in memory: `open` is what is not closed yet, `closings` how many were closed together each time. */
export const createTestOutbox = () => {
  const open = new Map<string, OpenEvent & { nextLookAt: number }>()
  const closings: number[] = []
  const outbox: Outbox = {
    due: async (now, limit) =>
      [...open.values()].filter(({ nextLookAt }) => nextLookAt <= now).slice(0, limit),
    read: async (eventId) => eventOf(open.get(eventId)?.version, open.get(eventId)?.centerId),
    postpone: async (eventId, nextLookAt, looks) => {
      const event = open.get(eventId)
      if (event) open.set(eventId, { ...event, nextLookAt, looks })
    },
    close: async (eventIds) => {
      closings.push(eventIds.length)
      for (const eventId of eventIds) open.delete(eventId)
    },
  }
  const add = (centerId: string, version = 1, looks = 0) => {
    const eventId = `${centerId}:${version}`
    open.set(eventId, { eventId, centerId, version, centerCreatedAt: 0, looks, nextLookAt: NOW })
  }
  return { outbox, open, closings, add }
}
