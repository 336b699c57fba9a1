import { FIRST_CHECK_MS } from '@mensageria/core'
import { useEngine, type OpenEngine } from './engine-under-test.ts'
import { dueAt, writeOf } from './samples.ts'

/** What every outbox must do. */
export const describeOutbox = (name: string, open: OpenEngine): void => {
  describe(`outbox: ${name}`, () => {
    const store = useEngine(open)
    const writes = [writeOf(3), writeOf(1), writeOf(2)]
    const ids = [writeOf(1), writeOf(2), writeOf(3)].map(({ event }) => event.id)
    const [first = '', second = '', third = ''] = ids
    const firstTime = Date.parse(writeOf(1).event.time)
    const later = firstTime + FIRST_CHECK_MS + 60_000
    beforeEach(async () => {
      for (const write of writes) await store.centers.create(write)
    })

    const dueIds = async (now: number, limit = 10): Promise<string[]> =>
      (await store.outbox.due(dueAt(now), limit)).map(({ eventId }) => eventId)

    test('gives due events, oldest due first', async () => {
      expect(await dueIds(firstTime)).toEqual([])
      expect(await dueIds(later)).toEqual([first, second, third])
      expect(await dueIds(later, 2)).toEqual([first, second])
    })

    test('says what an open event is of', async () => {
      const { center } = writeOf(1).stored
      expect(await store.outbox.due(dueAt(later), 1)).toEqual([
        {
          eventId: first,
          centerId: center.id,
          version: 1,
          centerCreatedAt: Date.parse(center.createdAt),
          checks: 0,
        },
      ])
    })

    test('a postponed event is due at its time, with its checks', async () => {
      await store.outbox.postpone(first, later + 10, 3)
      expect(await dueIds(later)).toEqual([second, third])
      const due = await store.outbox.due(dueAt(later + 10), 10)
      expect(due.map(({ eventId }) => eventId)).toEqual([second, third, first])
      expect(due.at(-1)?.checks).toBe(3)
    })

    test('one planned later than any check can be is due at once, after all others', async () => {
      // Planned by a clock that was 25 hours ahead.
      await store.outbox.postpone(first, later + 25 * 3_600_000, 3)
      expect(await dueIds(later)).toEqual([second, third, first])
      expect(await dueIds(later, 2)).toEqual([second, third])
      await store.outbox.postpone(first, dueAt(later).latest, 3)
      expect(await dueIds(later)).toEqual([second, third])
    })

    test('a closed event stays closed', async () => {
      await store.outbox.close([first, third], later)
      expect(await dueIds(later)).toEqual([second])
      await store.outbox.postpone(first, later, 1)
      expect(await dueIds(later)).toEqual([second])
      await store.outbox.close([first], later + 1)
      expect(await dueIds(later)).toEqual([second])
    })

    test('reads an event, also a closed one', async () => {
      await store.outbox.close([first], later)
      expect(await store.outbox.read(first)).toEqual(writeOf(1).event)
      expect(await store.outbox.read(second)).toEqual(writeOf(2).event)
      expect(await store.outbox.read('unknown')).toBeUndefined()
    })
  })
}
