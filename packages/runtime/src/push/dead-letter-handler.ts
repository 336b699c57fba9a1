import { DEAD_LETTER_ATTRIBUTES } from '@mensageria/contracts'
import type { Clock, Park, PushedMessage, UnreadableMessages } from '@mensageria/core'
import type { Logger } from '../logging/logger.ts'
import { decodeMessage } from './message-data.ts'

/** A dead letter as it came over the wire: `data` should be base64, and may be anything. */
export type DeadLetter = Pick<PushedMessage, 'subscription' | 'messageId' | 'attributes' | 'data'>

export type DeadLetterHandlerOptions = {
  park: Park
  unreadable: Pick<UnreadableMessages, 'keep'>
  clock: Pick<Clock, 'now'>
  logger: Pick<Logger, 'warn' | 'error'>
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/
// Divisible by four, so that what is cut is base64 still.
const KEPT_MAX = 64 * 1024

const toKept = (data: string): string =>
  (BASE64.test(data) ? data : Buffer.from(data).toString('base64')).slice(0, KEPT_MAX)

// `projects/p/subscriptions/dmitri` names the subscription dmitri.
const nameOf = (subscription: string): string => subscription.slice(subscription.lastIndexOf('/') + 1)

/**
 * Takes what the broker gave up: resolves with true (acknowledge) once the ledger answers for the delivery, or once the
 * message is kept as it came because nobody can read it. Throws where a store cannot be reached: it must come again.
 */
export const createDeadLetterHandler = ({ park, unreadable, clock, logger }: DeadLetterHandlerOptions) => {
  const keep = async ({ subscription, messageId, attributes, data }: DeadLetter, reason: string) => {
    const source = nameOf(attributes[DEAD_LETTER_ATTRIBUTES.subscription] ?? subscription)
    await unreadable.keep({
      subscription: source,
      messageId,
      receivedAt: clock.now(),
      reason,
      attributes,
      data: toKept(data),
    })
    const traceparent = attributes['traceparent']
    logger.error({ messageId, subscription: source, reason, traceparent }, 'message.unreadable')
    return true
  }

  return async (letter: DeadLetter): Promise<boolean> => {
    const { attributes } = letter
    const decoded = decodeMessage(attributes, letter.data)
    if (!decoded.ok) return keep(letter, decoded.reason)
    const integration = nameOf(attributes[DEAD_LETTER_ATTRIBUTES.subscription] ?? '')
    if (integration === '') return keep(letter, 'No attribute names the subscription that it comes from')
    const { subject: centerId, sequence: version, traceparent } = decoded.event
    const parked = await park({ integration, centerId }, version)
    if (parked) logger.warn({ integration, centerId, version, traceparent }, 'delivery.parked')
    return parked
  }
}

export type DeadLetterHandler = ReturnType<typeof createDeadLetterHandler>
