import type { Outcome } from '@mensageria/core'
import { eventOf, keyOf, TRACEPARENT, type Case } from './case.ts'

const AT_ONCE = 200
const DELIVERED: Outcome = { kind: 'delivered' }

/** What a destination does while nothing is wrong. */
export const describeDelivers = (current: () => Case): void => {
  test('a center arrives once, with all attributes', async () => {
    const { open, send, untilReceived } = current()
    const event = eventOf()
    expect(await send(await open(), event)).toMatchObject(DELIVERED)
    const { specversion, id, source, type, subject, time, sequence } = event
    expect(await untilReceived([event])).toEqual([
      {
        attributes: { specversion, id, source, type, subject, time, sequence: String(sequence) },
        contentType: 'application/json',
        body: event.data,
        idempotencyKey: keyOf(event),
        traceparent: TRACEPARENT,
      },
    ])
  })

  test('versions of one center arrive in their order', async () => {
    const { open, send, untilReceived } = current()
    const opened = await open()
    const first = eventOf()
    const versions = [1, 2, 3, 4, 5].map((version) => eventOf({ id: first.subject, version }))
    for (const event of versions) expect(await send(opened, event)).toMatchObject(DELIVERED)
    const received = await untilReceived(versions)
    expect(received.map(({ attributes }) => attributes['sequence'])).toEqual(['1', '2', '3', '4', '5'])
    expect(new Set(received.map(({ attributes }) => attributes['type'])).size).toBe(2)
  })

  test(`${AT_ONCE} at once arrive, each once`, async () => {
    const { open, send, untilReceived } = current()
    const opened = await open()
    const events = Array.from({ length: AT_ONCE }, () => eventOf())
    const outcomes = await Promise.all(events.map((event) => send(opened, event)))
    expect(outcomes.filter(({ kind }) => kind !== 'delivered')).toEqual([])
    expect(await untilReceived(events)).toHaveLength(AT_ONCE)
  })

  test('a close in the middle of publishing ends every call, and what was called delivered has arrived', async () => {
    const { open, send, untilReceived } = current()
    const opened = await open()
    const first = eventOf()
    expect(await send(opened, first)).toMatchObject(DELIVERED)
    const events = Array.from({ length: AT_ONCE }, () => eventOf())
    const sending = events.map((event) => send(opened, event))
    await opened.close()
    const outcomes = await Promise.all(sending)
    const delivered = events.filter((_, index) => outcomes[index]?.kind === 'delivered')
    await untilReceived([first, ...delivered])
    expect(new Set(outcomes.map(({ kind }) => kind))).not.toContain('misconfigured')
  })
}
