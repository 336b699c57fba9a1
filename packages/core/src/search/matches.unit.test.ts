import type { DeliveryFilter } from '../model/delivery-filter.ts'
import type { FoundDelivery } from '../model/found-delivery.ts'
import { KEY, rowIn } from '../testing/samples.ts'
import { canMatchWaiting, compareFound, isOwed, matches, shownState, textMatches, timeOf } from './matches.ts'

const CREATED = 1_000
const pairOf = (overrides: Partial<FoundDelivery> = {}): FoundDelivery => ({
  ...KEY,
  centerVersion: 1,
  createdAt: CREATED,
  acceptedAt: CREATED,
  row: undefined,
  ...overrides,
})
const failed = (kind: 'transient' | 'rejected', cause: string) => ({
  lastFailure: { kind, cause, message: 'x', at: 5_000 },
  lastAttemptAt: 5_000,
})

describe('shownState', () => {
  test('a pair waits without a row, with one below the center’s version, and with a retired one', () => {
    expect(shownState(undefined, 1)).toBe('waiting')
    expect(shownState(rowIn('delivered', { version: 1 }), 2)).toBe('waiting')
    expect(shownState(rowIn('retired'), 1)).toBe('waiting')
  })

  test.each(['delivering', 'retrying', 'parked', 'rejected', 'delivered'] as const)(
    'else it is %s',
    (state) => {
      expect(shownState(rowIn(state), 1)).toBe(state)
    },
  )
})

describe('isOwed', () => {
  test.each<[string, number | undefined, unknown, boolean]>([
    ['without a since every center', undefined, undefined, true],
    ['a center accepted at its since', CREATED, undefined, true],
    ['no center from before its since', CREATED + 1, undefined, false],
    ['but each that has a row, whatever its age', CREATED + 1, rowIn('delivered'), true],
  ])('%s', (_name, since, row, expected) => {
    expect(isOwed(since === undefined ? {} : { since }, { row, createdAt: CREATED })).toBe(expected)
  })
})

describe('timeOf', () => {
  test('is the last attempt of a row that answers for the version', () => {
    expect(timeOf(pairOf({ row: rowIn('parked', { lastAttemptAt: 7_000, parkedAt: 9_000 }) }))).toBe(7_000)
  })

  test('is the parking of a row that was never called', () => {
    expect(timeOf(pairOf({ row: rowIn('parked', { parkedAt: 9_000 }) }))).toBe(9_000)
  })

  test('is when its version was accepted for what waits', () => {
    const row = rowIn('delivered', { lastAttemptAt: 7_000 })
    expect(timeOf(pairOf({ row, centerVersion: 2, acceptedAt: 8_000 }))).toBe(8_000)
    expect(timeOf(pairOf())).toBe(CREATED)
  })
})

describe('matches', () => {
  const parked = pairOf({ row: rowIn('parked', failed('transient', 'http-503')) })
  test.each<[DeliveryFilter, boolean]>([
    [{}, true],
    [{ integration: KEY.integration, centerId: KEY.centerId }, true],
    [{ integration: 'other' }, false],
    [{ centerId: 'other' }, false],
    [{ states: ['parked', 'rejected'] }, true],
    [{ states: ['rejected'] }, false],
    [{ kind: 'transient', cause: 'http-503' }, true],
    [{ kind: 'unknown' }, false],
    [{ cause: 'tls' }, false],
    [{ since: 5_000, until: 5_001 }, true],
    [{ since: 5_001 }, false],
    [{ until: 5_000 }, false],
  ])('%j: %s', (filter, expected) => {
    expect(matches(filter, parked, {})).toBe(expected)
  })

  test('a pair that waits has not failed for its version, whatever its row remembers', () => {
    const behind = { ...parked, centerVersion: 2 }
    expect(matches({ cause: 'http-503' }, behind, {})).toBe(false)
    expect(matches({ states: ['waiting'] }, behind, {})).toBe(true)
  })

  test('a center from before the since is found where all are asked for', () => {
    expect(matches({ states: ['waiting'] }, pairOf(), { since: CREATED + 1 })).toBe(false)
    expect(matches({ states: ['waiting'], scope: 'all' }, pairOf(), { since: CREATED + 1 })).toBe(true)
  })
})

test('what waits can match where neither a failure nor other states are asked for', () => {
  expect(canMatchWaiting({})).toBe(true)
  expect(canMatchWaiting({ states: ['waiting', 'parked'] })).toBe(true)
  expect(canMatchWaiting({ states: ['parked'] })).toBe(false)
  expect(canMatchWaiting({ kind: 'transient' })).toBe(false)
  expect(canMatchWaiting({ cause: 'tls' })).toBe(false)
})

test('a text is the start of a key', () => {
  expect(textMatches(['cd cajamar', '11222333000181'], 'cd c')).toBe(true)
  expect(textMatches(['cd cajamar'], 'cajamar')).toBe(false)
  expect(textMatches(['cd cajamar'], undefined)).toBe(true)
})

test('answers come first, newest first; then what waits, by integration, the newest center first', () => {
  const pairs = [
    pairOf({ integration: 'maas', centerId: 'old', createdAt: 1 }),
    pairOf({ integration: 'dmitri', centerId: 'new', createdAt: 2 }),
    pairOf({ integration: 'maas', centerId: 'new', createdAt: 2 }),
    pairOf({ integration: 'dmitri', centerId: 'a', row: rowIn('delivered', { lastAttemptAt: 10 }) }),
    pairOf({ integration: 'maas', centerId: 'b', row: rowIn('parked', { lastAttemptAt: 20 }) }),
  ]
  const sorted = pairs.toSorted(compareFound(['maas', 'dmitri']))
  expect(sorted.map(({ integration, centerId }) => `${integration} ${centerId}`)).toEqual([
    'maas b',
    'dmitri a',
    'maas new',
    'maas old',
    'dmitri new',
  ])
})
