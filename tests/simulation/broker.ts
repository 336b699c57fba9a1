import type { DistributionCenterEvent } from '@mensageria/contracts'
import { ACK_DEADLINE_MS, backoffMs, type RetryPolicy } from '@mensageria/core'
import type { FaultRates } from './faults.ts'
import type { Random } from './random.ts'
import type { Scheduler } from './scheduler.ts'

type Handler = (event: DistributionCenterEvent) => Promise<boolean>

/** A subscription of the topic; without `attemptsMax` a message is tried for ever. */
export type Subscription = {
  name: string
  retry: Omit<RetryPolicy, 'attemptsMax'> & { attemptsMax?: number }
  handler: Handler
}

type Options = {
  scheduler: Scheduler
  random: Random
  rates: () => FaultRates
  /** Every subscription that there can be. */
  subscriptions: readonly Subscription[]
  /** Whether there is one now: without it messages are neither kept nor pushed. */
  isSubscribed: (name: string) => boolean
  onDeadLetter: (subscription: string, event: DistributionCenterEvent) => Promise<boolean>
}

/** Pub/Sub as it promises to be, and worse: messages come late, in any order, twice, after their deadline, or never. */
export const createBroker = (options: Options) => {
  const { scheduler, random, rates, subscriptions, isSubscribed, onDeadLetter } = options

  // The handler's answer; a throw, or none before the deadline, is a nack.
  const answerOf = (work: () => Promise<boolean>): Promise<boolean> =>
    Promise.race([work().catch(() => false), scheduler.delay(ACK_DEADLINE_MS).then(() => false)])

  const deadLetter = async (
    subscription: string,
    event: DistributionCenterEvent,
    attempt = 1,
  ): Promise<void> => {
    if (await answerOf(() => onDeadLetter(subscription, event))) return
    await scheduler.delay(backoffMs({ minBackoffMs: 10_000, maxBackoffMs: 600_000 }, attempt))
    await deadLetter(subscription, event, attempt + 1)
  }

  const push = async (
    subscription: Subscription,
    event: DistributionCenterEvent,
    attempt: number,
  ): Promise<void> => {
    const { name, retry, handler } = subscription
    if (!isSubscribed(name)) return undefined
    if (await answerOf(() => handler(event))) return undefined
    if (attempt >= (retry.attemptsMax ?? Infinity)) return deadLetter(name, event)
    await scheduler.delay(backoffMs(retry, attempt) * random.between(0.9, 1.1))
    return push(subscription, event, attempt + 1)
  }

  const deliver = (subscription: Subscription, event: DistributionCenterEvent) => {
    const { lost, duplicate } = rates()
    if (!isSubscribed(subscription.name)) return
    if (random.chance(lost)) return
    const copies = random.chance(duplicate) ? 2 : 1
    for (let copy = 0; copy < copies; copy++) {
      // Long enough apart to come in another order than they were sent.
      scheduler.at(scheduler.elapsed() + random.between(10, 3_000), () => void push(subscription, event, 1))
    }
  }

  return {
    publish: async (event: DistributionCenterEvent): Promise<void> => {
      await scheduler.delay(random.between(1, 50))
      const fails = random.chance(rates().publishError)
      const isDone = !fails || random.chance(0.5)
      if (isDone) for (const subscription of subscriptions) deliver(subscription, event)
      if (fails) throw new Error('The broker did not answer')
    },
  }
}
