import type { DestinationHarness } from './types.ts'
import { eventOf, type Case } from './case.ts'

const MEGABYTE = 1_048_576

/** What a destination says where the target or the data is not what the broker takes. */
export const describeRefuses = (expected: DestinationHarness['expected'], current: () => Case): void => {
  const { refused, missing, tooLarge, tooLargeBytes = MEGABYTE } = expected

  if (refused)
    test('access that is refused is our configuration, and says so each time', async () => {
      const { target, open, send } = current()
      if (!target.refused) throw new Error('The harness expects a refusal and has no row that is refused')
      const opened = await open(target.refused)
      for (const event of [eventOf(), eventOf()]) expect(await send(opened, event)).toMatchObject(refused)
      expect(target.received()).toEqual([])
    })

  test('a target that is missing is our configuration, and says so each time', async () => {
    const { target, open, send } = current()
    const opened = await open(target.missing)
    for (const event of [eventOf(), eventOf()]) expect(await send(opened, event)).toMatchObject(missing)
  })

  test('a message that is too large has a clear outcome, and the next one is delivered', async () => {
    const { target, open, send, untilReceived } = current()
    const opened = await open()
    const large = eventOf({ name: 'x'.repeat(tooLargeBytes + 1) })
    expect(await send(opened, large)).toMatchObject(tooLarge)
    const event = eventOf()
    expect(await send(opened, event)).toMatchObject({ kind: 'delivered' })
    await untilReceived([event])
    expect(target.received()).toHaveLength(1)
  })
}
