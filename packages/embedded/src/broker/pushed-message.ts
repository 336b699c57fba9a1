import type { DecodedMessage } from '@mensageria/contracts'

/** A message as the broker pushes it; `data` is JSON text, times RFC 3339. `event` is what attributes and data say. */
export type PushedMessage = {
  subscription: string
  messageId: string
  publishTime: string
  deliveryAttempt: number
  attributes: Readonly<Record<string, string>>
  data: string
  event: DecodedMessage
}

/** Answers a push: true acknowledges, false (or a throw) makes the message come again. */
export type PushHandler = (message: PushedMessage) => Promise<boolean>
