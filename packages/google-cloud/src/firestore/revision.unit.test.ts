import { Timestamp } from '@google-cloud/firestore'
import { elapsedMs, toRevision, toUpdateTime } from './revision.ts'

test.each([
  [1_700_000_000, 0],
  [1_700_000_000, 1],
  [1_700_000_000, 123_456_000],
  [1_700_000_000, 999_999_999],
])('a revision names an update time of %d s and %d ns exactly', (seconds, nanoseconds) => {
  const time = new Timestamp(seconds, nanoseconds)
  expect(toUpdateTime(toRevision(time))?.isEqual(time)).toBe(true)
})

test('times a microsecond apart have different revisions', () => {
  expect(toRevision(new Timestamp(5, 1_000))).not.toBe(toRevision(new Timestamp(5, 2_000)))
})

test.each(['', '1', '1.5', 'x.000000001', '1.0000000001', '-1.000000000', ' 1.000000000'])(
  '%j is no revision',
  (text) => {
    expect(toUpdateTime(text)).toBeUndefined()
  },
)

test('an age is never negative', () => {
  const [early, late] = [new Timestamp(5, 0), new Timestamp(7, 500_000_000)]
  expect(elapsedMs(early, late)).toBe(2500)
  expect(elapsedMs(late, early)).toBe(0)
})
