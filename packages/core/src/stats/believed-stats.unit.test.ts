import { emptyCounts } from './counts.ts'
import { believedGroup, believedStats } from './believed-stats.ts'
import { NOW } from '../testing/samples.ts'

const YEAR = 365 * 86_400_000

test('row 45: no number that people see is of the future', () => {
  const counts = emptyCounts()
  const lastFailure = { kind: 'transient', cause: 'tls', message: 'x', at: NOW + YEAR } as const
  const stats = {
    counts,
    newestAttempt: 'failed',
    lastSuccessAt: NOW - 1,
    lastFailureAt: NOW + YEAR,
  } as const
  expect(
    believedStats({ ...stats, asOf: NOW + 1, oldestUndeliveredAt: NOW + YEAR, lastFailure }, NOW),
  ).toEqual({
    ...stats,
    asOf: NOW,
    oldestUndeliveredAt: NOW,
    lastFailureAt: NOW,
    lastFailure: { ...lastFailure, at: NOW },
  })
  expect(believedStats({ counts }, NOW)).toEqual({ counts })
})

test('row 45: a failure group that a clock from the future has written came now', () => {
  const sample = { centerId: 'c', message: 'x' }
  const group = { integration: 'maas', kind: 'transient', cause: 'tls', count: 1, sample } as const
  expect(believedGroup({ ...group, firstAt: NOW - 1, lastAt: NOW + YEAR }, NOW)).toEqual({
    ...group,
    firstAt: NOW - 1,
    lastAt: NOW,
  })
})
