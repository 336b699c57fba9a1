import * as fc from 'fast-check'
import { createTestClock, SETTINGS } from '../testing/samples.ts'
import { createRateBudgets, createPacer, fittingHandOvers, spend } from './rate-budget.ts'

const paced = (ratePerSecond: number, name = 'maas') => ({
  name,
  recovery: { ...SETTINGS.recovery, ratePerSecond },
})

const createBudgets = () => {
  let now = 0
  const budgets = createRateBudgets({ monotonic: () => now })
  return { ...budgets, advance: (ms: number) => (now += ms) }
}

test('what is spent has to be paid off at the rate before anybody spends again', () => {
  const { take, waitMs, advance } = createBudgets()
  expect(waitMs(paced(10))).toBe(0)
  expect(take(paced(10), 4)).toBe(true)
  expect(waitMs(paced(10))).toBe(400)
  expect(take(paced(10), 1)).toBe(false)
  advance(399)
  expect(take(paced(10), 1)).toBe(false)
  advance(1)
  expect(waitMs(paced(10))).toBe(0)
  expect(take(paced(10), 1)).toBe(true)
})

test('nothing is saved up while nobody spends', () => {
  expect(spend(1_000, 5, 60_000, 10)).toBe(60_500)
  expect(spend(undefined, 5, 60_000, 10)).toBe(60_500)
})

test('each integration has a budget of its own', () => {
  const { take, waitMs } = createBudgets()
  take(paced(1), 100)
  expect(waitMs(paced(1, 'dmitri'))).toBe(0)
  expect(take(paced(1, 'dmitri'), 1)).toBe(true)
})

test('by any caller, at any time: no stretch of time has more than the rate and one window', () => {
  const WINDOW = 8
  const asked = fc.array(fc.record({ afterMs: fc.nat(2_000), size: fc.integer({ min: 1, max: WINDOW }) }), {
    minLength: 2,
    maxLength: 60,
  })
  fc.assert(
    fc.property(asked, fc.integer({ min: 1, max: 50 }), (turns, ratePerSecond) => {
      const { take, advance } = createBudgets()
      let now = 0
      const begun: { at: number; size: number }[] = []
      for (const { afterMs, size } of turns) {
        now = advance(afterMs)
        if (take(paced(ratePerSecond), size)) begun.push({ at: now, size })
      }
      for (const [index, first] of begun.entries()) {
        let sent = 0
        for (const { at, size } of begun.slice(index)) {
          sent += size
          expect(sent).toBeLessThanOrEqual(((at - first.at) / 1000) * ratePerSecond + WINDOW + 1e-6)
        }
      }
    }),
  )
})

test.each([
  [1_000, 200, 200],
  [12, 200, 3],
  [0, 200, 1],
  [50_000, 0.01, 1],
])('in %d ms at %d/s there is room for %d', (leftMs, ratePerSecond, count) => {
  expect(fittingHandOvers(leftMs, paced(ratePerSecond).recovery)).toBe(count)
})

describe('the turns of a window', () => {
  const turnsAt = async (ratePerSecond: number, deadline: number, workMs = 0) => {
    const clock = createTestClock()
    const turn = createPacer(clock, paced(ratePerSecond).recovery)
    const at: number[] = []
    while (await turn(deadline)) {
      at.push(clock.monotonic())
      clock.advance(workMs)
    }
    return { at, endedAt: clock.monotonic() }
  }

  test('come one after the other at the rate, the first at once', async () => {
    expect((await turnsAt(4, 1_000)).at).toEqual([0, 250, 500, 750])
  })

  test('are for a few together where the rate is high', async () => {
    const { at } = await turnsAt(50, 100)
    expect(at).toEqual([0, 0, 40, 40, 80, 80])
  })

  test('end at the deadline, and nobody sleeps towards one behind it', async () => {
    expect(await turnsAt(4, 400)).toEqual({ at: [0, 250], endedAt: 250 })
    expect(await turnsAt(4, 0)).toEqual({ at: [], endedAt: 0 })
  })

  test('are made up for where the work was slower than the rate', async () => {
    expect((await turnsAt(4, 1_000, 300)).at).toEqual([0, 300, 600, 900])
  })
})
