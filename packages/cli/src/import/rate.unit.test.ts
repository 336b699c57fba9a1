import { createRate } from './rate.ts'

test('the rate is that of the last ten seconds, and says how long what is left takes', () => {
  let now = 0
  const rate = createRate(() => now)
  expect(rate.read(1000)).toEqual({ rowsPerSecond: 0, leftMs: undefined })
  for (const second of [1, 2, 3]) {
    now = second * 1000
    rate.mark(second * 10, second * 100)
  }
  expect(rate.read(1000)).toEqual({ rowsPerSecond: 10, leftMs: 7000 })
  for (let second = 4; second <= 30; second += 1) {
    now = second * 1000
    rate.mark(30 + second * 50, 300 + second)
  }
  expect(rate.read(1000).rowsPerSecond).toBeCloseTo(50)
})
