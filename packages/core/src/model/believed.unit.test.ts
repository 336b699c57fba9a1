import { hasHappened, isAhead, notAfter, passedMs, retentionTime, unlessBeyond } from './believed.ts'
import { NOW } from '../testing/samples.ts'

const HOUR = 3_600_000
const YEAR = 365 * 24 * HOUR

test.each([
  ['in the past', -1, false],
  ['now', 0, false],
  ['ahead', 1, true],
  ['as far ahead as it can be', HOUR, true],
  ['further ahead', HOUR + 1, false],
  ['a year ahead', YEAR, false],
])('row 45: a plan that lies %s is waited for: %s', (_where, offsetMs, expected) => {
  expect(isAhead(NOW + offsetMs, NOW, HOUR)).toBe(expected)
  expect(unlessBeyond(NOW + offsetMs, NOW, HOUR)).toBe(offsetMs > HOUR ? undefined : NOW + offsetMs)
})

test('row 45: what lies in the future has not happened, and no time has passed since', () => {
  expect([hasHappened(NOW, NOW), hasHappened(NOW + 1, NOW)]).toEqual([true, false])
  expect([notAfter(NOW - 5, NOW), notAfter(NOW + 5, NOW)]).toEqual([NOW - 5, NOW])
  expect([passedMs(NOW - 5, NOW), passedMs(NOW + 5, NOW), passedMs(NOW - YEAR, NOW, 7)]).toEqual([5, 0, 7])
})

describe('row 45: what is kept for a while expires by a time that', () => {
  test('begins with the first purge, and keeps up with a clock that is right', () => {
    expect(retentionTime(undefined, NOW, 0)).toBe(NOW)
    expect(retentionTime(NOW, NOW + 60_000, 60_000)).toBe(NOW + 60_000)
  })

  test('catches up while the process runs, where the machine was off', () => {
    expect(retentionTime(NOW - 24 * HOUR, NOW, 0)).toBe(NOW - 24 * HOUR)
    expect(retentionTime(NOW - 24 * HOUR, NOW, HOUR)).toBe(NOW - 14 * HOUR)
  })

  test('does not jump a year ahead with the clock, nor back', () => {
    expect(retentionTime(NOW, NOW + YEAR, 60_000)).toBe(NOW + 600_000)
    expect(retentionTime(NOW, NOW - YEAR, 60_000)).toBe(NOW)
  })
})
