import type { DistributionCenterEvent } from '@mensageria/contracts'

/** Gives an event to the broker. Resolves when the broker has it; publishing twice is harmless. */
export type Publisher = { publish(event: DistributionCenterEvent): Promise<void> }

/** A message as a broker pushes it; `data` is JSON text, times RFC 3339. */
export type PushedMessage = {
  subscription: string
  messageId: string
  publishTime: string
  deliveryAttempt: number
  attributes: Readonly<Record<string, string>>
  data: string
  /** The event itself, where the broker still has it at hand: it need not be decoded again. */
  event?: DistributionCenterEvent
}

/** Answers a push: true acknowledges, false (or a throw) makes the message come again. */
export type PushHandler = (message: PushedMessage) => Promise<boolean>
