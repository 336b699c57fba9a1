import type { Outage } from '../model/integration-state.ts'
import { NOW } from '../testing/samples.ts'
import { decideOutage, DOWN_AFTER_MS } from './health-watch.ts'

test('the first failure is remembered, and nobody is told', () => {
  expect(decideOutage(undefined, true, NOW)).toEqual({ outage: { failingSince: NOW } })
})

test('failures for two minutes without a success between are an outage, told once', () => {
  const known = { failingSince: NOW - DOWN_AFTER_MS }
  expect(decideOutage({ failingSince: NOW - DOWN_AFTER_MS + 1 }, true, NOW).tell).toBeUndefined()
  const told = decideOutage(known, true, NOW)
  expect(told).toEqual({ outage: { ...known, reportedAt: NOW }, tell: 'down' })
  expect(decideOutage(told.outage, true, NOW + DOWN_AFTER_MS)).toEqual({ outage: told.outage })
})

test('a success ends it; people who were told of the outage are told', () => {
  expect(decideOutage({ failingSince: NOW }, false, NOW)).toEqual({ outage: undefined })
  expect(decideOutage({ failingSince: NOW, reportedAt: NOW }, false, NOW)).toEqual({
    outage: undefined,
    tell: 'back',
  })
})

test('a beginning in the future, written by a clock that had jumped, begins now', () => {
  expect(decideOutage({ failingSince: NOW + 86_400_000 }, true, NOW)).toEqual({
    outage: { failingSince: NOW },
  })
})

// What fails just after a count is seen by the next one; a sweep that is late makes a count of two minutes.
test.each([60_000, 120_000])(
  'defect 20: with a count every %i ms people are told within five minutes',
  (gapMs) => {
    let known: Outage | undefined
    const toldAt = [1, 2, 3, 4, 5]
      .map((count) => NOW + count * gapMs)
      .find((at) => {
        const { outage, tell } = decideOutage(known, true, at)
        known = outage
        return tell === 'down'
      })
    expect(toldAt).toBeLessThan(NOW + 300_000)
  },
)
