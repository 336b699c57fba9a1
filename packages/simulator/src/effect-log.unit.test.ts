import { countDuplicates, countVersionsBackwards, parseIdempotencyKey } from './effect-log.ts'
import type { Effect } from './effect-log.ts'

const effect = (centerId?: string, version?: number, rest = ''): Effect => ({
  system: 'second',
  at: '2026-01-01T00:00:00.000Z',
  operation: 'upsert',
  subject: 'any',
  ...(centerId === undefined || version === undefined
    ? {}
    : { centerId, version, idempotencyKey: `${centerId}:${version}:second${rest}` }),
})

describe('parseIdempotencyKey', () => {
  test.each([
    'a-b:12:second',
    'a-b:12:second:r3',
    'a-b:12:second:0123456789ab',
    'a-b:12:second:0123456789ab:r3',
  ])('%s names center and version', (key) => {
    expect(parseIdempotencyKey(key)).toEqual({ centerId: 'a-b', version: 12 })
  })

  test.each(['', 'a-b', 'a-b:x:second', ':1:second', 'a-b:1', 'a-b:1:second:3', 'a-b:1:second:r'])(
    '"%s" is not a key of ours',
    (key) => {
      expect(parseIdempotencyKey(key)).toBeUndefined()
    },
  )
})

describe('countDuplicates', () => {
  test('other versions, other centers and effects without a center are no duplicates', () => {
    expect(countDuplicates([effect('a', 1), effect('a', 2), effect('b', 1), effect(), effect()])).toBe(0)
  })

  test('each effect beyond the first of a version counts', () => {
    expect(countDuplicates([effect('a', 1), effect('a', 2), effect('a', 1), effect('a', 1)])).toBe(2)
  })

  test('c05: the same version with other data is none, what a person sends again is', () => {
    const [one, other] = [':0123456789ab', ':ba9876543210']
    expect(countDuplicates([effect('a', 1, one), effect('a', 1, other)])).toBe(0)
    expect(countDuplicates([effect('a', 1, one), effect('a', 1, `${one}:r1`)])).toBe(1)
  })
})

describe('countVersionsBackwards', () => {
  test('rising and repeated versions are in order', () => {
    expect(
      countVersionsBackwards([effect('a', 1), effect('a', 1), effect('b', 1), effect('a', 2), effect()]),
    ).toBe(0)
  })

  test('each effect below the highest version before it counts', () => {
    expect(countVersionsBackwards([effect('a', 3), effect('a', 1), effect('a', 2), effect('b', 1)])).toBe(2)
  })
})
