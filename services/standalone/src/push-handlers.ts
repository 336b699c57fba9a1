import type { PushHandler } from '@mensageria/core'
import type { DeadLetterHandler, Logger, TracedDeliver } from '@mensageria/runtime'
import type { EventDecoder } from './event-decoder.ts'

/** Answers the pushes of one integration's subscription: acknowledged only after the external call has succeeded. */
export const toPushHandler =
  (deliver: TracedDeliver, decode: EventDecoder, signal: AbortSignal, logger: Logger): PushHandler =>
  async (message) => {
    const decoded = decode(message)
    if (!decoded.ok) {
      const { messageId, subscription } = message
      logger.error({ messageId, subscription, reason: decoded.reason }, 'message.unreadable')
      return false
    }
    const { ack } = await deliver(decoded.event, { kind: 'push' }, signal, message.deliveryAttempt)
    return ack
  }

/** Answers the pushes of the dead-letter subscription. The local broker has the data as text; on the wire it is base64. */
export const toDeadLetterPushHandler =
  (handle: DeadLetterHandler): PushHandler =>
  (message) =>
    handle({ ...message, data: Buffer.from(message.data).toString('base64') })
