import type { StateCounts } from '../ports/stats.ts'
import { emptyCounts } from '../stats/counts.ts'
import { NOW, SETTINGS } from '../testing/samples.ts'
import { planBackfill } from './plan-backfill.ts'

const AT = { now: NOW, settleMs: 120_000 }
const counted = (counts: Partial<StateCounts>, openEvents = 0) => ({
  counts: { ...emptyCounts(), ...counts },
  openEvents,
})
const WAITING = counted({ waiting: 12 })
const DONE = { unsettledAt: NOW, passedMs: 120_000, backfilledSince: 500 }

test('an integration that nobody knew gets everything that waits, once its place in the list is settled', () => {
  expect(planBackfill(undefined, SETTINGS, WAITING, AT)).toEqual({
    integration: SETTINGS.name,
    count: 12,
    asOf: NOW,
    beginsAt: NOW + 120_000,
    ratePerSecond: SETTINGS.recovery.ratePerSecond,
    why: 'new',
  })
})

test('what has passed since the change is waited for no more, and never less than nothing', () => {
  const beginsAt = (passedMs: number) =>
    planBackfill({ unsettledAt: 1, passedMs }, SETTINGS, WAITING, AT)?.beginsAt
  expect([beginsAt(50_000), beginsAt(500_000)]).toEqual([NOW + 70_000, NOW])
})

test('one that is back settles anew, whatever it was before it was missing', () => {
  const missing = { ...DONE, missingSince: NOW - 5 }
  expect(planBackfill(missing, SETTINGS, WAITING, AT)).toMatchObject({ beginsAt: NOW + 120_000 })
})

test('a since that moves earlier is owed more, and settles anew; one that stays or moves later plans nothing', () => {
  const delivered = counted({ waiting: 12, delivered: 1 })
  const at = (since: number) => planBackfill(DONE, { ...SETTINGS, since }, delivered, AT)
  expect(at(400)).toMatchObject({ beginsAt: NOW + 120_000, why: 'owed-more' })
  expect([at(500), at(600)]).toEqual([undefined, undefined])
})

test('a real system that takes the place of a simulator is told apart', () => {
  const membership = { unsettledAt: NOW, fromSimulator: true } as const
  expect(planBackfill(membership, SETTINGS, WAITING, AT)).toMatchObject({ why: 'real' })
})

test('it is as fast as recovery, or as the system takes calls', () => {
  const settings = { ...SETTINGS, ratePerSecondMax: 3 }
  expect(planBackfill(undefined, settings, WAITING, AT)).toMatchObject({ ratePerSecond: 3 })
})

test('where nothing waits there is nothing to tell', () => {
  expect(planBackfill(undefined, SETTINGS, counted({ delivered: 3 }), AT)).toBeUndefined()
})

test('what is registered while the list settles is no older center: it has an event of its own', () => {
  const plan = (waiting: number, openEvents: number) =>
    planBackfill({ unsettledAt: NOW }, SETTINGS, counted({ waiting }, openEvents), AT)?.count
  expect([plan(3, 3), plan(3, 5), plan(5, 3)]).toEqual([undefined, undefined, 2])
  expect(planBackfill(undefined, SETTINGS, counted({ waiting: 3 }, 3), AT)?.count).toBe(3)
})
