import { createAttemptCounter } from './attempt-counter.ts'

const NOON = Date.parse('2026-11-02T12:00:30.000Z')
const MINUTE_MS = 60_000

const start = () => {
  let now = NOON
  const counter = createAttemptCounter({ now: () => now })
  return { counter, advance: (minutes: number) => (now += minutes * MINUTE_MS) }
}

test('attempts are counted in the minute of their end, each integration by itself', () => {
  const { counter, advance } = start()
  counter.count('maas', true)
  counter.count('maas', false)
  counter.count('dmitri', false)
  advance(1)
  counter.count('maas', true)
  expect(counter.since).toBe(NOON)
  expect(counter.lastHour('maas').slice(-2)).toEqual([
    { at: NOON - 30_000, delivered: 1, failed: 1 },
    { at: NOON + 30_000, delivered: 1, failed: 0 },
  ])
  expect(counter.lastHour('dmitri').at(-2)).toMatchObject({ delivered: 0, failed: 1 })
})

test('the last hour has sixty minutes, also those in which nothing happened; what is older is gone', () => {
  const { counter, advance } = start()
  counter.count('maas', true)
  advance(59)
  expect(counter.lastHour('maas')).toHaveLength(60)
  expect(counter.lastHour('maas')[0]).toMatchObject({ delivered: 1 })
  advance(1)
  expect(counter.lastHour('maas').every(({ delivered, failed }) => delivered + failed === 0)).toBe(true)
})

test('counting for hours keeps an hour', () => {
  const { counter, advance } = start()
  for (let minute = 0; minute < 200; minute++) {
    counter.count('maas', true)
    advance(1)
  }
  expect(counter.size('maas')).toBe(60)
  const minutes = counter.lastHour('maas')
  expect(minutes.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(59)
})
