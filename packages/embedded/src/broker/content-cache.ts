import type { DecodedMessage } from '@mensageria/contracts'

/** What a message carries: it is the event's, decoded, and the same for every subscription. */
export type EventContent = { attributes: Record<string, string>; data: string; event: DecodedMessage }

// About 1 MB of centers at their usual size.
const KEPT_MAX = 512

/** Reads and decodes an event's content once for all its subscriptions, which push it at about the same time; keeps the newest 512. */
export const createContentCache = (read: (eventSeq: number) => EventContent) => {
  const kept = new Map<number, EventContent>()
  const keep = (eventSeq: number, content: EventContent): EventContent => {
    kept.set(eventSeq, content)
    const [oldest] = kept.keys()
    if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest)
    return content
  }
  return {
    keep,
    get: (eventSeq: number): EventContent => kept.get(eventSeq) ?? keep(eventSeq, read(eventSeq)),
  }
}
