import type { Redrive, RedriveLane } from '../model/redrive.ts'
import { NOW } from '../testing/samples.ts'
import { newRedrive } from './decide.ts'
import {
  afterLanes,
  decideRedriveAction,
  endLane,
  leftOf,
  progressOf,
  settleRows,
  stopLane,
  takeRows,
  type RedriveAction,
  type RowResult,
} from './transitions.ts'

const request = {
  filter: { integration: 'maas', states: ['parked'] as const },
  reason: 'it is fixed',
  requestedBy: 'ana',
  force: false,
}
const { redrive, lanes } = newRedrive(request, { id: 'r1', now: NOW, expected: 10, integrations: ['maas'] })
const laneOf = (overrides: Partial<RedriveLane> = {}): RedriveLane => ({
  integration: 'maas',
  window: { phase: 'canary', gapMs: 0, nextAt: NOW, since: NOW },
  exhausted: false,
  sending: [],
  delivered: 0,
  failed: 0,
  skipped: 0,
  ...overrides,
})
const redriveOf = (overrides: Partial<Redrive> = {}): Redrive => ({ ...redrive, ...overrides })
const resultsOf = (results: Record<string, RowResult>) => new Map(Object.entries(results))

describe('takeRows', () => {
  test('rows are taken before they are sent, with the place where the next begin', () => {
    const taken = takeRows(laneOf(), undefined, { centerIds: ['a', 'b'], skipped: 3, cursor: 'next' })
    expect(taken).toMatchObject({ sending: ['a', 'b'], skipped: 3, cursor: 'next', exhausted: false })
  })

  test('after the last rows the place stays where it is', () => {
    const taken = takeRows(laneOf({ cursor: 'here' }), 'here', {
      centerIds: [],
      skipped: 0,
      cursor: undefined,
    })
    expect(taken).toMatchObject({ cursor: 'here', exhausted: true })
  })

  test('a write that is repeated after a lost answer counts once', () => {
    const rows = { centerIds: ['a'], skipped: 3, cursor: 'next' }
    const once = takeRows(laneOf(), undefined, rows)
    expect(takeRows(once, undefined, rows)).toBe(once)
  })

  test('a second process that searched from the same place takes nothing more', () => {
    const first = takeRows(laneOf(), undefined, { centerIds: ['a'], skipped: 0, cursor: 'next' })
    const settled = settleRows(first, resultsOf({ a: 'delivered' }))
    expect(takeRows(settled, undefined, { centerIds: ['a'], skipped: 0, cursor: 'next' })).toBe(settled)
  })

  test('and nothing while rows are being sent', () => {
    const sending = laneOf({ sending: ['a'], cursor: 'next' })
    expect(takeRows(sending, 'next', { centerIds: ['b'], skipped: 1, cursor: 'later' })).toBe(sending)
  })
})

describe('settleRows', () => {
  test('counts by result, and leaves what has none with the lane', () => {
    const lane = laneOf({ sending: ['a', 'b', 'c', 'd'] })
    const settled = settleRows(lane, resultsOf({ a: 'delivered', b: 'failed', c: 'skipped' }))
    expect(settled).toMatchObject({ sending: ['d'], delivered: 1, failed: 1, skipped: 1 })
  })

  test('a row that the lane has not any more is not counted again', () => {
    const results = resultsOf({ a: 'delivered' })
    const once = settleRows(laneOf({ sending: ['a', 'b'] }), results)
    expect(settleRows(once, results)).toMatchObject({ sending: ['b'], delivered: 1 })
    // Another process saw the row delivered and calls it skipped: the first to settle it has counted it.
    expect(settleRows(once, resultsOf({ a: 'skipped' }))).toMatchObject({ delivered: 1, skipped: 0 })
  })
})

test('a lane whose integration is gone is ended; what it had taken is skipped', () => {
  expect(endLane(laneOf({ sending: ['a', 'b'], delivered: 1 }))).toMatchObject({
    exhausted: true,
    sending: [],
    delivered: 1,
    skipped: 2,
  })
})

describe('decideRedriveAction', () => {
  test.each<[Redrive['state'], RedriveAction, string]>([
    ['running', 'pause', 'paused'],
    ['paused', 'resume', 'running'],
    ['running', 'cancel', 'cancelled'],
    ['paused', 'cancel', 'cancelled'],
  ])('%s, %s: %s, and open until a sweep has seen it', (state, action, after) => {
    const decided = decideRedriveAction(redriveOf({ state, open: false }), action)
    expect(decided).toMatchObject({ decision: 'changed', redrive: { state: after, open: true } })
  })

  test.each<[Redrive['state'], RedriveAction]>([
    ['running', 'resume'],
    ['paused', 'pause'],
    ['cancelled', 'cancel'],
  ])('%s, %s: again changes nothing', (state, action) => {
    expect(decideRedriveAction(redriveOf({ state }), action)).toEqual({ decision: 'same' })
  })

  test.each<[Redrive['state'], RedriveAction]>([
    ['done', 'pause'],
    ['done', 'cancel'],
    ['cancelled', 'resume'],
  ])('%s, %s: it has ended', (state, action) => {
    expect(decideRedriveAction(redriveOf({ state }), action)).toEqual({ decision: 'ended' })
  })
})

describe('afterLanes', () => {
  test('is done when every lane has taken and settled everything', () => {
    const half = [laneOf({ exhausted: true }), laneOf({ exhausted: true, sending: ['a'] })]
    expect(afterLanes(redrive, half, true)).toBe(redrive)
    expect(afterLanes(redriveOf(), [laneOf({ exhausted: true })], true)).toMatchObject({
      state: 'done',
      open: false,
    })
  })

  test('a paused one is closed once no call is under way; what its lanes have taken waits', () => {
    const paused = redriveOf({ state: 'paused' })
    const lane = laneOf({ sending: ['a'] })
    expect(afterLanes(paused, [lane], false)).toBe(paused)
    const closed = { ...paused, open: false }
    expect(afterLanes(paused, [lane], true)).toEqual(closed)
    expect(afterLanes(closed, [lane], true)).toBe(closed)
    expect([progressOf(paused, [lane]).inFlight, progressOf(closed, [lane]).inFlight]).toEqual([1, 0])
    expect(progressOf(closed, [lane]).remaining).toBe(10)
  })

  test('a cancelled one stays open until its lanes take nothing more, also in another process', () => {
    const cancelled = redriveOf({ state: 'cancelled' })
    expect(afterLanes(cancelled, [laneOf()], true)).toBe(cancelled)
    const stopped = stopLane(laneOf())
    expect(afterLanes(cancelled, [{ ...stopped, sending: ['a'] }], true)).toBe(cancelled)
    expect(afterLanes(cancelled, [stopped], true)).toEqual({ ...cancelled, open: false })
    expect(takeRows(stopped, undefined, { centerIds: ['a'], skipped: 0, cursor: undefined })).toBe(stopped)
    expect(stopLane(stopped)).toBe(stopped)
  })
})

describe('progressOf', () => {
  test('the numbers add up to the total, which is at least what the stats said', () => {
    const progress = progressOf(redrive, [
      laneOf({ sending: ['a', 'b'], delivered: 3, failed: 1, skipped: 1 }),
    ])
    expect(progress).toEqual({
      phase: 'canary',
      total: 10,
      more: true,
      delivered: 3,
      failed: 1,
      skipped: 1,
      inFlight: 2,
      remaining: 3,
    })
  })

  test('more rows than were expected raise the total', () => {
    expect(progressOf(redrive, [laneOf({ delivered: 12, exhausted: true })])).toMatchObject({
      total: 12,
      more: false,
      remaining: 0,
    })
  })

  test('what is done has nothing left: expected rows that did not come up were moved by somebody else', () => {
    const done = redriveOf({ state: 'done', open: false })
    expect(progressOf(done, [laneOf({ delivered: 4, skipped: 1, exhausted: true })])).toMatchObject({
      total: 10,
      more: false,
      skipped: 6,
      remaining: 0,
    })
  })

  test('one that began without a number knows at least what it has seen', () => {
    const { expected: _, ...unknown } = redrive
    expect(progressOf(unknown, [laneOf({ delivered: 4 })])).toMatchObject({ total: 4, more: true })
  })

  test('ramps as soon as one of its lanes does', () => {
    const ramp = laneOf({ window: { phase: 'ramp', window: 2, nextAt: NOW, since: NOW } })
    expect(progressOf(redrive, [...lanes, ramp]).phase).toBe('ramp')
  })
})

test('what is left is known where the stats knew the number', () => {
  expect(leftOf(redrive, [laneOf({ delivered: 3, skipped: 1 })])).toBe(6)
  const { expected: _, ...unknown } = redrive
  expect(leftOf(unknown, [laneOf()])).toBe(Number.POSITIVE_INFINITY)
})
