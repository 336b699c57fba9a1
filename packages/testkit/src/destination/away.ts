import { waitFor } from '../wait-for.ts'
import { eventOf, keyOf, type Case } from './case.ts'

// Longer than any broker takes for a message, shorter than one delivery.
const GIVEN_UP_MS = 2_000

/** What a destination does while its broker is away, and after that. */
export const describeAway = (current: () => Case): void => {
  test('a broker that is away at the start is transient, and is found when it is back', async () => {
    const { proxy, open, send, untilReceived } = current()
    proxy.refuse()
    const opened = await open()
    const event = eventOf()
    expect(await send(opened, event)).toMatchObject({ kind: 'transient' })
    proxy.thaw()
    expect(await send(opened, event)).toMatchObject({ kind: 'delivered' })
    expect(await untilReceived([event])).toHaveLength(1)
  })

  test('a broker that goes away in the middle is found again when it is back, by the same connection', async () => {
    const { proxy, open, send, untilReceived } = current()
    const opened = await open()
    const [before, during, after] = [eventOf(), eventOf(), eventOf()] as const
    expect(await send(opened, before)).toMatchObject({ kind: 'delivered' })
    proxy.refuse()
    const first = await send(opened, during)
    expect(['transient', 'unknown']).toContain(first.kind)
    expect(await send(opened, during)).toMatchObject({ kind: 'transient' })
    proxy.thaw()
    expect(await send(opened, during)).toMatchObject({ kind: 'delivered' })
    expect(await send(opened, after)).toMatchObject({ kind: 'delivered' })
    await untilReceived([before, during, after])
  })

  test('a message whose confirmation is lost is unknown; sent again, it has one effect by its key', async () => {
    const { proxy, target, open, send, untilReceived } = current()
    const opened = await open()
    expect(await send(opened, eventOf())).toMatchObject({ kind: 'delivered' })
    proxy.freezeAnswers()
    const event = eventOf()
    const sending = send(opened, event)
    await untilReceived([event])
    proxy.reset()
    expect(await sending).toMatchObject({ kind: 'unknown' })
    proxy.thaw()
    expect(await send(opened, event)).toMatchObject({ kind: 'delivered' })
    const last = eventOf()
    expect(await send(opened, last)).toMatchObject({ kind: 'delivered' })
    await untilReceived([last])
    const effects = new Set(
      target
        .received()
        .flatMap(({ attributes, idempotencyKey }) => (attributes['id'] === event.id ? [idempotencyKey] : [])),
    )
    expect([...effects]).toEqual([keyOf(event)])
  })

  test('a broker that says nothing more is given up with the signal, and is found again', async () => {
    const { proxy, open, send, untilReceived } = current()
    const opened = await open()
    expect(await send(opened, eventOf())).toMatchObject({ kind: 'delivered' })
    proxy.freeze()
    const event = eventOf()
    expect(await send(opened, event, AbortSignal.timeout(GIVEN_UP_MS))).toMatchObject({ kind: 'unknown' })
    proxy.reset()
    proxy.thaw()
    await waitFor('its delivery', () => send(opened, event), { until: ({ kind }) => kind === 'delivered' })
    await untilReceived([event])
  })

  test('a call whose signal has ended already sends nothing', async () => {
    const { target, open, send, untilReceived } = current()
    const opened = await open()
    const late = await send(opened, eventOf(), AbortSignal.abort())
    expect(['transient', 'unknown']).toContain(late.kind)
    const event = eventOf()
    expect(await send(opened, event)).toMatchObject({ kind: 'delivered' })
    await untilReceived([event])
    expect(target.received()).toHaveLength(1)
  })
}
