import { dayOf, type DailyReport } from '../stats/daily-report.ts'
import { createTestClock, NOW } from '../testing/samples.ts'
import { createMaintenance, type MaintenanceDeps } from './maintenance.ts'
import type { SweepNotice } from './sweep-notice.ts'

const INTERVAL_MS = 60_000
const GONE = new Set(['old'])
const REPORT: DailyReport = {
  day: dayOf(NOW - 86_400_000),
  asOf: NOW,
  registered: 0,
  updated: 0,
  accepted: 0,
  openEvents: 0,
  integrations: [],
  balanced: true,
}

const setUp = (parts: Partial<MaintenanceDeps> = {}) => {
  const clock = createTestClock()
  const done: string[] = []
  const notices: SweepNotice[] = []
  const maintain = createMaintenance({
    retire: async (gone, deadline) => {
      done.push(`retire ${[...gone].join(' ')} until ${deadline}`)
      return { old: 2, empty: 0 }
    },
    stats: {
      count: async () => {
        done.push('stats')
        return [{ integration: 'maas', count: 3 }]
      },
    },
    backfillExpected: async () => () => false,
    health: { seeStats: async () => void done.push('health') },
    reportDaily: async () => {
      done.push('report')
      return REPORT
    },
    purge: async () => {
      done.push('purge')
      return 0
    },
    intervalMs: INTERVAL_MS,
    clock,
    observe: (notice) => notices.push(notice),
    ...parts,
  })
  return { clock, done, notices, maintain }
}

test('does its tasks in their order, and tells what they found', async () => {
  const { done, notices, maintain } = setUp()
  await maintain(GONE, 9_000)
  expect(done).toEqual(['retire old until 9000', 'stats', 'health', 'report', 'purge'])
  expect(notices).toEqual([
    { notice: 'integration.retired', integration: 'old', rows: 2 },
    { notice: 'stats.unaccounted', integration: 'maas', count: 3 },
    { notice: 'report.daily', report: REPORT },
  ])
})

test('what waits for a backfill that is to come or under way is no cause to tell anybody', async () => {
  const { notices, maintain } = setUp({ backfillExpected: async () => (name) => name === 'maas' })
  await maintain(GONE, 9_000)
  expect(notices.filter(({ notice }) => notice === 'stats.unaccounted')).toEqual([])
})

test('runs once an interval, however often it is asked, and tells of a day once', async () => {
  const { clock, done, maintain } = setUp()
  await maintain(GONE, 9_000)
  clock.advance(INTERVAL_MS - 1)
  await maintain(GONE, 9_000)
  expect(done.filter((task) => task === 'stats')).toHaveLength(1)
  clock.advance(1)
  await maintain(GONE, 9_000)
  expect(done.filter((task) => task === 'stats')).toHaveLength(2)
  expect(done.filter((task) => task === 'report')).toHaveLength(1)
})

test.each(['retire', 'stats', 'health', 'report', 'purge'] as const)(
  'where %s fails the other tasks go on, it is told, and it comes again with the next sweep',
  async (task) => {
    const error = new Error('away')
    const fail = () => Promise.reject(error)
    const parts: Partial<MaintenanceDeps> = {
      retire: { retire: fail },
      stats: { stats: { count: fail } },
      health: { health: { seeStats: fail } },
      report: { reportDaily: fail },
      purge: { purge: fail },
    }[task]
    const { done, notices, maintain } = setUp(parts)
    await maintain(GONE, 9_000)
    await maintain(GONE, 9_000)
    expect(done.filter((one) => !one.startsWith(task)).length).toBeGreaterThanOrEqual(7)
    expect(notices.filter(({ notice }) => notice === 'maintenance.failed')).toEqual([
      { notice: 'maintenance.failed', task, error },
      { notice: 'maintenance.failed', task, error },
    ])
  },
)

test('two sweeps that overlap do not do it twice', async () => {
  const { promise, resolve } = Promise.withResolvers<number>()
  const { clock, done, maintain } = setUp({ purge: () => promise })
  const first = maintain(GONE, 9_000)
  clock.advance(2 * INTERVAL_MS)
  await maintain(GONE, 9_000)
  resolve(0)
  await first
  expect(done.filter((task) => task === 'stats')).toHaveLength(1)
})
