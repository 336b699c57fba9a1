import { lookGapMs, type OpenEvent } from './decide-open-event.ts'
import { createSweepEvents } from './sweep-events.ts'
import { createTestClock, createTestLedger, eventOf, NOW, rowIn, SETTINGS } from './testing/in-memory.ts'

const INTEGRATIONS = ['senninha', 'maas', 'dmitri'].map((name) => ({ ...SETTINGS, name }))
const NOBODY = new Set<string>()

const setUp = () => {
  const clock = createTestClock()
  const ledger = createTestLedger(clock)
  const open = new Map<string, OpenEvent & { nextLookAt: number }>()
  const published: string[] = []
  const closings: number[] = []
  const sweep = createSweepEvents({
    ledger,
    clock,
    integrations: INTEGRATIONS,
    publisher: {
      publish: async (event) => {
        published.push(event.id)
      },
    },
    outbox: {
      due: async (now, limit) =>
        [...open.values()].filter(({ nextLookAt }) => nextLookAt <= now).slice(0, limit),
      read: async (eventId) => eventOf(open.get(eventId)?.version, open.get(eventId)?.centerId),
      postpone: async (eventId, nextLookAt, looks) => {
        const event = open.get(eventId)
        if (event) open.set(eventId, { ...event, nextLookAt, looks })
      },
      close: async (eventIds) => {
        closings.push(eventIds.length)
        for (const eventId of eventIds) open.delete(eventId)
      },
    },
  })
  const add = (centerId: string, version = 1, looks = 0) => {
    const eventId = `${centerId}:${version}`
    open.set(eventId, { eventId, centerId, version, centerCreatedAt: 0, looks, nextLookAt: NOW })
  }
  const deliver = (centerId: string, ...integrations: string[]) => {
    for (const integration of integrations) ledger.put({ ...rowIn('retrying'), centerId, integration })
  }
  return { clock, ledger, open, published, closings, add, deliver, sweep }
}

describe('a sweep of the open events', () => {
  test('closes together what is handed over, with one question for all rows', async () => {
    const { ledger, open, closings, add, deliver, sweep } = setUp()
    for (const id of ['a', 'b', 'c']) {
      add(id)
      deliver(id, 'senninha', 'maas', 'dmitri')
    }
    expect(await sweep(NOBODY, 50_000)).toEqual({ closed: 3, published: 0, waiting: 0, heal: new Map() })
    expect(open.size).toBe(0)
    expect(closings).toEqual([3])
    expect(ledger.calls).toEqual(['versions'])
  })

  test('publishes again what no integration knows, and looks later and later', async () => {
    const { clock, open, published, add, sweep } = setUp()
    add('a')
    expect(await sweep(NOBODY, 50_000)).toMatchObject({ closed: 0, published: 1 })
    expect(open.get('a:1')).toMatchObject({ looks: 1, nextLookAt: NOW + lookGapMs(0) })
    expect((await sweep(NOBODY, 50_000)).published).toBe(0)
    clock.advance(lookGapMs(0))
    await sweep(NOBODY, 50_000)
    expect(open.get('a:1')).toMatchObject({ looks: 2, nextLookAt: clock.now() + lookGapMs(1) })
    expect(published).toEqual(['a:1', 'a:1'])
  })

  test('names, by integration, the centres whose row is missing or too old', async () => {
    const { published, add, deliver, sweep } = setUp()
    add('a')
    add('b', 2)
    deliver('a', 'senninha', 'maas')
    deliver('b', 'senninha', 'maas', 'dmitri')
    const { heal } = await sweep(NOBODY, 50_000)
    expect(Object.fromEntries(heal)).toEqual({ senninha: ['b'], maas: ['b'], dmitri: ['a', 'b'] })
    expect(published).toEqual([])
  })

  test('leaves a paused integration alone', async () => {
    const { open, add, deliver, sweep } = setUp()
    add('a')
    deliver('a', 'senninha', 'maas')
    const swept = await sweep(new Set(['dmitri']), 50_000)
    expect(swept).toEqual({ closed: 0, published: 0, waiting: 1, heal: new Map() })
    expect(open.get('a:1')?.looks).toBe(1)
  })

  test('goes on in batches until nothing is due', async () => {
    const { open, closings, add, deliver, sweep } = setUp()
    for (let index = 0; index < 250; index++) {
      add(`c-${index}`)
      deliver(`c-${index}`, 'senninha', 'maas', 'dmitri')
    }
    expect((await sweep(NOBODY, 50_000)).closed).toBe(250)
    expect(closings).toEqual([100, 100, 50])
    expect(open.size).toBe(0)
  })

  test('begins nothing at its deadline', async () => {
    const { clock, open, add, sweep } = setUp()
    add('a')
    clock.advance(50_000)
    expect(await sweep(NOBODY, 50_000)).toEqual({ closed: 0, published: 0, waiting: 0, heal: new Map() })
    expect(open.get('a:1')?.looks).toBe(0)
  })
})
