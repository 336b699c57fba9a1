import { FIRST_LOOK_MS, type CenterStore, type Outbox } from '@mensageria/delivery'
import { SAMPLE_TIME, sampleCenterId, sampleWrite } from '../sample-write.ts'
import { withOpened, type Open } from './with-opened.ts'

type Stores = { centers: CenterStore; outbox: Outbox }

const eventId = (n: number, version = 1): string => sampleWrite(n, version).event.id
const LATER = SAMPLE_TIME + 10 * 86_400_000

const createMany = async ({ centers }: Stores, count: number): Promise<void> => {
  for (let n = 0; n < count; n++) await centers.create(sampleWrite(n))
}

const dueIds = async ({ outbox }: Stores, now = LATER, limit = 100): Promise<string[]> =>
  (await outbox.due(now, limit)).map((event) => event.eventId)

const describeDue = (open: Open<Stores>) => {
  const on = withOpened(open)

  test(
    'an empty outbox has nothing due',
    on(async (stores) => {
      expect(await dueIds(stores)).toEqual([])
    }),
  )

  test(
    'a new event is due when the broker has had its time, not before',
    on(async (stores) => {
      await createMany(stores, 1)
      expect(await dueIds(stores, SAMPLE_TIME)).toEqual([])
      expect(await stores.outbox.due(SAMPLE_TIME + 2 * FIRST_LOOK_MS, 10)).toEqual([
        {
          eventId: eventId(0),
          centerId: sampleCenterId(0),
          version: 1,
          centerCreatedAt: SAMPLE_TIME,
          looks: 0,
        },
      ])
    }),
  )

  test(
    'the oldest due come first, as many as asked for',
    on(async (stores) => {
      await createMany(stores, 5)
      expect(await dueIds(stores)).toEqual([0, 1, 2, 3, 4].map((n) => eventId(n)))
      expect(await dueIds(stores, LATER, 2)).toEqual([eventId(0), eventId(1)])
    }),
  )

  test(
    'each version of a centre is an event of its own',
    on(async (stores) => {
      await createMany(stores, 1)
      const expected = (await stores.centers.read(sampleCenterId(0)))?.revision ?? 'none'
      await stores.centers.update({ ...sampleWrite(0, 2), expected })
      expect(await stores.outbox.due(LATER, 10)).toEqual([
        expect.objectContaining({ eventId: eventId(0), version: 1, centerCreatedAt: SAMPLE_TIME }),
        expect.objectContaining({ eventId: eventId(0, 2), version: 2, centerCreatedAt: SAMPLE_TIME }),
      ])
    }),
  )
}

const describePostponeAndClose = (open: Open<Stores>) => {
  const on = withOpened(open)

  test(
    'a postponed event is due at its next look, not before',
    on(async (stores) => {
      await createMany(stores, 1)
      await stores.outbox.postpone(eventId(0), LATER, 3)
      expect(await dueIds(stores, LATER - 1)).toEqual([])
      expect(await stores.outbox.due(LATER, 10)).toEqual([
        expect.objectContaining({ eventId: eventId(0), looks: 3 }),
      ])
    }),
  )

  test(
    'a postponed event takes its place in the order',
    on(async (stores) => {
      await createMany(stores, 3)
      await stores.outbox.postpone(eventId(0), LATER - 1, 1)
      expect(await dueIds(stores)).toEqual([1, 2, 0].map((n) => eventId(n)))
    }),
  )

  test(
    'an event may be postponed again and again',
    on(async (stores) => {
      await createMany(stores, 1)
      for (const looks of [1, 2, 3]) await stores.outbox.postpone(eventId(0), LATER + looks, looks)
      expect(await dueIds(stores, LATER + 2)).toEqual([])
      expect(await stores.outbox.due(LATER + 3, 10)).toEqual([expect.objectContaining({ looks: 3 })])
    }),
  )

  test(
    'closed events are never due again, the others stay',
    on(async (stores) => {
      await createMany(stores, 4)
      await stores.outbox.close([eventId(1), eventId(3)], LATER)
      expect(await dueIds(stores)).toEqual([eventId(0), eventId(2)])
      expect(await dueIds(stores, LATER * 2)).toEqual([eventId(0), eventId(2)])
    }),
  )

  test(
    'postponing a closed event does not open it',
    on(async (stores) => {
      await createMany(stores, 1)
      await stores.outbox.close([eventId(0)], LATER)
      await stores.outbox.postpone(eventId(0), LATER, 1)
      expect(await dueIds(stores, LATER * 2)).toEqual([])
    }),
  )

  test(
    'closing none, an unknown one or a closed one does no harm',
    on(async (stores) => {
      await createMany(stores, 2)
      await stores.outbox.close([], LATER)
      await stores.outbox.close(['unknown', eventId(0)], LATER)
      await stores.outbox.close([eventId(0)], LATER + 1)
      await stores.outbox.postpone('unknown', LATER, 1)
      expect(await dueIds(stores)).toEqual([eventId(1)])
    }),
  )

  test(
    'two hundred are closed at once',
    on(async (stores) => {
      await createMany(stores, 200)
      await stores.outbox.close(
        Array.from({ length: 199 }, (_, n) => eventId(n)),
        LATER,
      )
      expect(await dueIds(stores)).toEqual([eventId(199)])
    }),
  )
}

/** The outbox port. */
export const describeOutbox = (name: string, open: Open<Stores>): void => {
  const on = withOpened(open)
  describe(`${name}: outbox`, () => {
    describe('due', () => describeDue(open))
    describe('postpone and close', () => describePostponeAndClose(open))

    test(
      'an open event is read as it was written',
      on(async ({ centers, outbox }) => {
        const write = sampleWrite(1)
        await centers.create(write)
        expect(await outbox.read(write.event.id)).toEqual(write.event)
      }),
    )

    test(
      'an unknown event is undefined',
      on(async ({ outbox }) => {
        expect(await outbox.read('unknown')).toBeUndefined()
      }),
    )
  })
}
