import { decodeEvent, type DecodedMessage } from '@mensageria/contracts'
import type { PushedMessage } from '@mensageria/core'

const KEPT_MAX = 512

/**
 * Decodes pushed events that the broker has not at hand, each once: its subscriptions push the same event at about the same
 * time. The answers are kept by
 * message id, which the local broker gives to an event once; at most the newest 512.
 */
export const createEventDecoder = () => {
  const kept = new Map<string, DecodedMessage>()
  return ({ messageId, attributes, data, event }: PushedMessage): DecodedMessage => {
    if (event) return { ok: true, event }
    const known = kept.get(messageId)
    if (known) return known
    const decoded = decodeEvent(attributes, data)
    kept.set(messageId, decoded)
    const [oldest] = kept.keys()
    if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest)
    return decoded
  }
}

export type EventDecoder = ReturnType<typeof createEventDecoder>
