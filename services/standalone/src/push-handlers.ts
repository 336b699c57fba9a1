import { DEAD_LETTER_ATTRIBUTES, decodeEvent } from '@mensageria/contracts'
import type { Deliver, Park, PushHandler } from '@mensageria/delivery'
import type { Logger } from '@mensageria/runtime'
import type { EventDecoder } from './event-decoder.ts'

/** Answers the pushes of one integration's subscription: acknowledged only after the external call has succeeded. */
export const toPushHandler =
  (deliver: Deliver, decode: EventDecoder, signal: AbortSignal, logger: Logger): PushHandler =>
  async (message) => {
    const decoded = decode(message)
    if (!decoded.ok) {
      const { messageId, subscription } = message
      logger.error({ messageId, subscription, reason: decoded.reason }, 'message.undecodable')
      return false
    }
    const { ack } = await deliver(decoded.event, { kind: 'push' }, signal)
    return ack
  }

/** Answers the pushes of the dead-letter subscription: acknowledged when the ledger answers for the delivery. */
export const toDeadLetterHandler =
  (park: Park, logger: Logger): PushHandler =>
  async ({ attributes, data, messageId }) => {
    const integration = attributes[DEAD_LETTER_ATTRIBUTES.subscription]
    const decoded = decodeEvent(attributes, data)
    if (!decoded.ok || integration === undefined) {
      logger.error(
        { messageId, reason: decoded.ok ? 'No source subscription' : decoded.reason },
        'message.undecodable',
      )
      return false
    }
    const { subject: centerId, sequence: version } = decoded.event
    const parked = await park({ integration, centerId }, version)
    if (parked) logger.warn({ integration, centerId, version }, 'delivery.parked')
    return parked
  }
