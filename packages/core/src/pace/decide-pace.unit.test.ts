import { decidePace, perSecondAt } from './decide-pace.ts'

const quota = (startedAt: number, retryAfterMs?: number) => ({ startedAt, retryAfterMs, isQuota: true })
const NOW = 100_000

describe('c25: the pace after an answer 429', () => {
  test('is a little less than what has succeeded in the last second, after the time that the answer asks for', () => {
    expect(decidePace(undefined, quota(NOW - 20, 5_000), 10, NOW)).toEqual({
      perSecond: 8,
      resumeAt: NOW + 5_000,
    })
  })

  test('pauses for a second where it asks for none, and for 10 s at most', () => {
    expect(decidePace(undefined, quota(NOW), 10, NOW).resumeAt).toBe(NOW + 1_000)
    expect(decidePace(undefined, quota(NOW, 0), 10, NOW).resumeAt).toBe(NOW + 1_000)
    expect(decidePace(undefined, quota(NOW, 3_600_000), 10, NOW).resumeAt).toBe(NOW + 10_000)
  })

  test('begins with two a second where nothing has succeeded', () => {
    expect(decidePace(undefined, quota(NOW), 0, NOW).perSecond).toBe(2)
  })

  test('is cut once for all calls that began before the cut', () => {
    const cut = decidePace(undefined, quota(NOW - 20), 10, NOW)
    expect(decidePace(cut, quota(NOW - 10), 10, NOW + 5)).toBe(cut)
  })

  test('falls to a share of what was allowed, never to nothing', () => {
    let pace = decidePace(undefined, quota(NOW), 100, NOW)
    for (let turn = 0; turn < 50; turn++) {
      const now = pace.resumeAt
      const allowed = perSecondAt(pace, now)
      pace = decidePace(pace, quota(now), 0, now)
      expect(pace.perSecond).toBeLessThanOrEqual(allowed)
    }
    expect(pace.perSecond).toBeCloseTo(0.2)
  })

  test('grows with each second, more and more, and is forgotten after a minute', () => {
    const pace = { perSecond: 10, resumeAt: NOW }
    const rates = [-500, 0, 10_000, 60_000, 60_001].map((ms) => perSecondAt(pace, NOW + ms))
    expect(rates).toEqual([10, 10, 11.5, 34, Infinity])
  })

  test('stays below the ceiling of the row, which is the pace where there is no other', () => {
    expect(perSecondAt(undefined, NOW, 15)).toBe(15)
    expect(perSecondAt({ perSecond: 14, resumeAt: NOW }, NOW + 30_000, 15)).toBe(15)
    expect(decidePace(undefined, quota(NOW), 100, NOW, 10).perSecond).toBe(8)
  })
})

describe('a system that is away and says for how long', () => {
  const away = { startedAt: NOW, retryAfterMs: 8_000, isQuota: false }

  test('is left alone until then, and is not slower afterwards', () => {
    const pace = decidePace(undefined, away, 0, NOW)
    expect(pace.resumeAt).toBe(NOW + 8_000)
    expect(perSecondAt(pace, NOW + 8_001)).toBe(Infinity)
  })

  test('has a quota where other calls succeed', () => {
    expect(decidePace(undefined, away, 10, NOW).perSecond).toBe(8)
  })
})
