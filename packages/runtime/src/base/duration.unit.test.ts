import { Duration } from './duration.ts'

describe('Duration', () => {
  test.each([
    ['500ms', 500],
    ['10s', 10_000],
    ['2m', 120_000],
    ['1h', 3_600_000],
    ['0s', 0],
  ])('%s is %d milliseconds', (text, ms) => {
    expect(Duration.parse(text)).toBe(ms)
  })

  test.each(['10', '10 s', '-1s', '1.5s', '10S', 's', '', '1d', '1s\n'])('%j is refused', (text) => {
    expect(Duration.safeParse(text).success).toBe(false)
  })

  test('a duration that would overflow a timer is refused', () => {
    expect(Duration.safeParse('597h').success).toBe(false)
    expect(Duration.parse('596h')).toBe(596 * 3_600_000)
  })

  test('what is wrong is said with an example', () => {
    expect(Duration.safeParse('soon').error?.issues[0]?.message).toContain('10s')
  })
})
