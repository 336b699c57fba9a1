import { DEAD_LETTER_TOPIC } from '@mensageria/contracts'
import type { Published } from './message-queue.ts'
import { createPump, type PumpOptions, type Subscription } from './pump.ts'

export type Broker = {
  /** Looks for work: something was published. Many calls in a row cost one look. */
  wake(): void
  /** Gives what was just committed to the subscriptions that have room; the others read it when its turn comes. */
  offer(published: Published): void
  /** Takes nothing new and resolves when the handlers in work have answered. */
  stop(): Promise<void>
}

/**
 * The push broker: at least once, exponential backoff for each message, bounded concurrency for each subscription, so
 * that one that hangs starves no other. What used up its attempts goes to the dead-letter subscription.
 */
export const createBroker = (
  subscriptions: readonly Subscription[],
  options: Omit<PumpOptions, 'onDeadLetter'>,
): Broker => {
  let planned: NodeJS.Immediate | undefined
  const wake = () => {
    planned ??= setImmediate(() => {
      planned = undefined
      for (const pump of pumps) pump.wake()
    })
  }
  const pumps = subscriptions.map((subscription) =>
    createPump(subscription, { ...options, onDeadLetter: wake }),
  )
  const eventPumps = pumps.filter((_pump, index) => subscriptions[index]?.name !== DEAD_LETTER_TOPIC)
  // The clock may jump, and a plan may be lost with an error: nothing waits for longer than this.
  const heartbeat = setInterval(wake, 1000)
  wake()
  return {
    wake,
    offer: (published) => {
      const taken = eventPumps.map((pump) => pump.offer(published))
      if (taken.includes(false)) wake()
    },
    stop: async () => {
      clearInterval(heartbeat)
      clearImmediate(planned)
      await Promise.all(pumps.map((pump) => pump.stop()))
    },
  }
}
