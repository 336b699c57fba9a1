import { blankRow, type MinuteOfAttempts, type Outcome } from '@mensageria/core'
import { createAttemptCounter } from './attempt-counter.ts'

const NOON = Date.parse('2026-11-02T12:00:00.000Z')
const MINUTE_MS = 60_000
const DELIVERED: Outcome = { kind: 'delivered' }
const FAILED: Outcome = { kind: 'transient', cause: 'http-503', message: 'Answered 503' }

const start = (add?: (integration: string) => Promise<void>) => {
  let now = NOON + 30_000
  const added: [string, readonly MinuteOfAttempts[]][] = []
  const warned: string[] = []
  const counter = createAttemptCounter({
    stats: {
      addAttempts: async (integration, minutes) => {
        await add?.(integration)
        added.push([integration, structuredClone(minutes)])
      },
    },
    clock: { now: () => now },
    flushMs: 10,
    logger: { warn: (_fields: object, event: string) => void warned.push(event) },
  })
  const count = (integration: string, outcome: Outcome) => {
    const row = { ...blankRow({ integration, centerId: 'c' }, 1, 't'), state: 'delivered' } as const
    counter.count({ row, outcome })
  }
  return { counter, count, added, warned, advance: (minutes: number) => (now += minutes * MINUTE_MS) }
}

test('attempts are added up in the minute of their end, each integration by itself, in one write each', async () => {
  const { counter, count, added, advance } = start()
  count('maas', DELIVERED)
  count('maas', FAILED)
  count('dmitri', FAILED)
  advance(1)
  count('maas', DELIVERED)
  await counter.flush()
  expect(added).toEqual([
    [
      'maas',
      [
        { at: NOON, delivered: 1, failed: 1 },
        { at: NOON + MINUTE_MS, delivered: 1, failed: 0 },
      ],
    ],
    ['dmitri', [{ at: NOON, delivered: 0, failed: 1 }]],
  ])
})

test('they are added by themselves, again and again', async () => {
  const { promise: twice, resolve } = Promise.withResolvers<void>()
  let times = 0
  const { count } = start(async () => {
    times += 1
    if (times === 1) count('maas', FAILED)
    else resolve()
  })
  count('maas', DELIVERED)
  // A timer that nobody waits for keeps no process alive: this one does.
  const alive = setInterval(() => undefined, 1000)
  await twice
  clearInterval(alive)
})

test('what could not be added waits, and is added with what came meanwhile', async () => {
  let isAway = true
  const away = async () => {
    if (isAway) throw new Error('The store is away')
  }
  const { counter, count, added, warned } = start(away)
  count('maas', DELIVERED)
  await counter.flush()
  expect([added, warned]).toEqual([[], ['attempts.uncounted']])
  count('maas', FAILED)
  isAway = false
  await counter.flush()
  expect(added).toEqual([['maas', [{ at: NOON, delivered: 1, failed: 1 }]]])
  await counter.flush()
  expect(added).toHaveLength(1)
})

test('a store that is away for hours leaves no more than an hour waiting', async () => {
  let isAway = true
  const { counter, count, added, advance } = start(async () => {
    if (isAway) throw new Error('The store is away')
  })
  for (let minute = 0; minute < 200; minute++) {
    count('maas', DELIVERED)
    advance(1)
    await counter.flush()
  }
  isAway = false
  await counter.flush()
  const kept = added[0]?.[1].length ?? 0
  expect(kept).toBeGreaterThan(50)
  expect(kept).toBeLessThanOrEqual(60)
})
