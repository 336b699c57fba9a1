import { DEAD_LETTER_ATTRIBUTES, toAttributes } from '@mensageria/contracts'
import type { CenterStore, Publisher, RetryPolicy } from '@mensageria/core'
import { setTimeout as sleep } from 'node:timers/promises'
import { writeOf } from './samples.ts'

/** A message as a broker pushes it; `data` is JSON text, times RFC 3339. */
type PushedMessage = {
  subscription: string
  messageId: string
  publishTime: string
  deliveryAttempt: number
  attributes: Readonly<Record<string, string>>
  data: string
}

type PushHandler = (message: PushedMessage) => Promise<boolean>

/** One subscription that the broker is opened with. */
export type SubscriptionUnderTest = { name: string; retry: RetryPolicy; concurrencyMax: number }

/** A broker with nothing queued, and what fills it. */
export type BrokerUnderTest = {
  centers: CenterStore
  publisher: Publisher
  startBroker(
    handlers: Readonly<Record<string, PushHandler>>,
    onDeadLetter: PushHandler,
  ): { stop(): Promise<void> }
  close(): Promise<void> | void
}

const PATIENCE_MS = 40_000

const until = async (condition: () => boolean): Promise<void> => {
  const end = Date.now() + PATIENCE_MS
  while (!condition()) {
    if (Date.now() > end) throw new Error('It did not come true in time')
    await sleep(5)
  }
}

const createGate = () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { opened: promise, open: () => resolve() }
}

const subscriptionOf = (name: string, attemptsMax = 100, concurrencyMax = 4): SubscriptionUnderTest => ({
  name,
  retry: { minBackoffMs: 20, maxBackoffMs: 50, attemptsMax },
  concurrencyMax,
})

const acknowledge: PushHandler = () => Promise.resolve(true)
const refuse: PushHandler = () => Promise.resolve(false)

/** What every broker must do. `open` gives one with nothing queued each time. */
export const describeBroker = (
  name: string,
  open: (subscriptions: readonly SubscriptionUnderTest[]) => Promise<BrokerUnderTest>,
): void => {
  describe(`broker: ${name}`, () => {
    let engine: BrokerUnderTest
    let brokers: { stop(): Promise<void> }[] = []
    let gates: { open(): void }[] = []

    const openWith = async (...subscriptions: SubscriptionUnderTest[]) => {
      engine = await open(subscriptions)
    }
    const start = (handlers: Record<string, PushHandler>, onDeadLetter: PushHandler = acknowledge) => {
      const broker = engine.startBroker(handlers, onDeadLetter)
      brokers.push(broker)
      return broker
    }
    const gate = () => {
      const created = createGate()
      gates.push(created)
      return created
    }
    const accept = async (n: number): Promise<string> => {
      const write = writeOf(n)
      const result = await engine.centers.create(write)
      if (!result.committed || !result.published) await engine.publisher.publish(write.event)
      return write.event.id
    }
    // Keeps what is pushed, then answers.
    const recorder = (answer: PushHandler = acknowledge) => {
      const pushed: PushedMessage[] = []
      const handler: PushHandler = (message) => {
        pushed.push(message)
        return answer(message)
      }
      return { pushed, handler, ids: () => pushed.map(({ attributes }) => attributes['ce-id'] ?? '') }
    }

    beforeEach(() => {
      brokers = []
      gates = []
    })
    afterEach(async () => {
      for (const opened of gates) opened.open()
      await Promise.all(brokers.map((broker) => broker.stop()))
      await engine.close()
    })

    test('pushes the event to every subscription', async () => {
      await openWith(subscriptionOf('a'), subscriptionOf('b'))
      const [a, b] = [recorder(), recorder()]
      start({ a: a.handler, b: b.handler })
      await accept(1)
      await until(() => a.pushed.length === 1 && b.pushed.length === 1)
      const { event } = writeOf(1)
      expect(a.pushed[0]).toMatchObject({ subscription: 'a', deliveryAttempt: 1 })
      expect(a.pushed[0]?.attributes).toEqual(toAttributes(event))
      expect(JSON.parse(a.pushed[0]?.data ?? '')).toEqual(event.data)
      expect(b.pushed[0]?.subscription).toBe('b')
    })

    test('an acknowledged message is gone, also for the next broker', async () => {
      await openWith(subscriptionOf('a'))
      const before = recorder()
      const broker = start({ a: before.handler })
      await accept(1)
      await until(() => before.pushed.length === 1)
      await broker.stop()
      const marker = await accept(2)
      const after = recorder()
      start({ a: after.handler })
      await until(() => after.pushed.length > 0)
      expect(after.ids()).toEqual([marker])
    })

    test.each<[string, PushHandler]>([
      ['nacked', ({ deliveryAttempt }) => Promise.resolve(deliveryAttempt > 1)],
      [
        'failed',
        async ({ deliveryAttempt }) => {
          if (deliveryAttempt === 1) throw new Error('The handler failed')
          return true
        },
      ],
    ])('a %s message comes again', async (_, answer) => {
      await openWith(subscriptionOf('a'))
      const a = recorder(answer)
      start({ a: a.handler })
      await accept(1)
      await until(() => a.pushed.length === 2)
      expect(a.pushed.map(({ deliveryAttempt }) => deliveryAttempt)).toEqual([1, 2])
      expect(a.pushed[1]?.messageId).toBe(a.pushed[0]?.messageId)
      expect(a.pushed[1]?.data).toBe(a.pushed[0]?.data)
    })

    test('a message that used up its attempts becomes a dead letter', async () => {
      await openWith(subscriptionOf('a', 3), subscriptionOf('b', 3))
      const [a, dead] = [recorder(refuse), recorder()]
      start({ a: a.handler, b: acknowledge }, dead.handler)
      const id = await accept(1)
      await until(() => dead.pushed.length > 0)
      expect(a.pushed.map(({ deliveryAttempt }) => deliveryAttempt)).toEqual([1, 2, 3])
      const [letter] = dead.pushed
      expect(letter?.data).toBe(a.pushed[0]?.data)
      expect(letter?.deliveryAttempt).toBe(1)
      expect(letter?.attributes).toMatchObject({
        'ce-id': id,
        [DEAD_LETTER_ATTRIBUTES.deliveryCount]: '3',
        [DEAD_LETTER_ATTRIBUTES.subscription]: 'a',
        [DEAD_LETTER_ATTRIBUTES.subscriptionProject]: expect.any(String),
        [DEAD_LETTER_ATTRIBUTES.topicPublishTime]: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      })
      for (const attribute of Object.values(DEAD_LETTER_ATTRIBUTES)) {
        expect(attribute).toMatch(/^CloudPubSubDeadLetterSource/)
      }
    })

    test('a nacked dead letter comes again', async () => {
      await openWith(subscriptionOf('a', 1))
      const dead = recorder(({ deliveryAttempt }) => Promise.resolve(deliveryAttempt > 1))
      start({ a: refuse }, dead.handler)
      await accept(1)
      await until(() => dead.pushed.length === 2)
      expect(dead.pushed.map(({ deliveryAttempt }) => deliveryAttempt)).toEqual([1, 2])
      expect(dead.pushed[1]?.attributes).toEqual(dead.pushed[0]?.attributes)
    })

    test('no more pushes are in work than the subscription allows', async () => {
      await openWith(subscriptionOf('a', 100, 2))
      let [running, peak] = [0, 0]
      const a = recorder(async () => {
        running++
        peak = Math.max(peak, running)
        await sleep(2)
        running--
        return true
      })
      await Promise.all(Array.from({ length: 12 }, (_, n) => accept(n)))
      start({ a: a.handler })
      await until(() => new Set(a.ids()).size === 12 && running === 0)
      expect(peak).toBe(2)
    })

    test('a subscription that hangs starves no other', async () => {
      await openWith(subscriptionOf('a', 100, 1), subscriptionOf('b', 100, 1))
      const { opened } = gate()
      const a = recorder(() => opened.then(() => true))
      const b = recorder()
      start({ a: a.handler, b: b.handler })
      for (let n = 0; n < 5; n++) await accept(n)
      await until(() => b.pushed.length === 5)
      expect(a.pushed).toHaveLength(1)
    })

    test('an event published again while it is queued comes once', async () => {
      await openWith(subscriptionOf('a', 100, 1))
      const first = await accept(1)
      await engine.publisher.publish(writeOf(1).event)
      await engine.publisher.publish(writeOf(1).event)
      const marker = await accept(2)
      const a = recorder()
      start({ a: a.handler })
      await until(() => a.ids().includes(marker) && a.ids().includes(first))
      expect(a.ids().toSorted()).toEqual([first, marker].toSorted())
    })

    test('an acknowledged event that is published again comes again', async () => {
      await openWith(subscriptionOf('a'))
      const a = recorder()
      const broker = start({ a: a.handler })
      await accept(1)
      await until(() => a.pushed.length === 1)
      await broker.stop()
      await engine.publisher.publish(writeOf(1).event)
      start({ a: a.handler })
      await until(() => a.pushed.length === 2)
      expect(a.pushed[1]?.deliveryAttempt).toBe(1)
    })

    test('stop waits for the handlers in work and takes nothing new', async () => {
      await openWith(subscriptionOf('a'))
      const { opened, open: release } = gate()
      const a = recorder(() => opened.then(() => true))
      const broker = start({ a: a.handler })
      const first = await accept(1)
      await until(() => a.pushed.length === 1)
      let stopped = false
      const stopping = broker.stop().then(() => {
        stopped = true
      })
      await accept(2)
      expect(stopped).toBe(false)
      release()
      await stopping
      expect(a.ids()).toEqual([first])
    })
  })
}
