import { RawPushEnvelope } from '@mensageria/contracts'
import { readMessageText, type DeadLetter } from '@mensageria/runtime'

/** A push of the dead-letter subscription, or why it is none. */
export type DeadLetterPush = { ok: true; letter: DeadLetter } | { ok: false; reason: string }

const decoder = new TextDecoder('utf-8', { fatal: true })

const parse = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(decoder.decode(body))
  } catch {
    return undefined
  }
}

/**
 * Reads the wrapped body of a push. Strict in its frame, which is the broker's own; its data may be anything, because a
 * dead letter that is refused here would never be seen again.
 */
export const parseDeadLetterPush = (body: Uint8Array): DeadLetterPush => {
  const parsed = RawPushEnvelope.safeParse(parse(body))
  if (!parsed.success) return { ok: false, reason: 'The body is no Pub/Sub message' }
  const { message, subscription } = parsed.data
  const { attributes, data, messageId } = message
  const head = { subscription, messageId, attributes }
  const read = readMessageText(data)
  const letter = read.ok ? { ...head, text: read.text } : { ...head, raw: data, fault: read.reason }
  return { ok: true, letter }
}
