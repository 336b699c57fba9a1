import { testContext, testIo } from '../testing/test-context.ts'
import { startProgressBar } from './progress-bar.ts'

test('without a terminal the progress is a line every ten seconds, and nothing is drawn', () => {
  let now = 0
  const io = testIo()
  const bar = startProgressBar(1000, { ...testContext(), io }, () => now)
  for (; now <= 25_000; now += 1000) bar.update({ rows: now / 100, rejected: 2 }, now / 50)
  bar.stop()
  expect(io.said.err).toEqual([
    '100 rows, 10 a second, 40 s left, 2 rejected',
    '200 rows, 10 a second, 30 s left, 2 rejected',
  ])
})
