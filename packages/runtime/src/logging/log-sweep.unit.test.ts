import { emptyCounts, type DailyReport, type SweepNotice } from '@mensageria/core'
import { createSweepLog } from './log-sweep.ts'

const reportOf = (balanced: boolean): DailyReport => ({
  day: '2026-11-23',
  asOf: 1,
  registered: 1,
  updated: 0,
  accepted: 1,
  openEvents: 0,
  integrations: [
    {
      name: 'maas',
      delivered: 1,
      reconciled: 0,
      recovered: 0,
      redriven: 0,
      superseded: 0,
      states: { ...emptyCounts(), delivered: 1 },
      owed: balanced ? 1 : 2,
    },
  ],
  balanced,
})

const linesOf = (notice: SweepNotice): unknown[] => {
  const lines: unknown[] = []
  const at = (level: string) => (fields: object, event: string) => void lines.push([level, event, fields])
  createSweepLog({ info: at('info'), warn: at('warn'), error: at('error') })(notice)
  return lines
}

const integration = 'maas'
const failure = new Error('away')
const PLAN = { count: 3, asOf: 1, beginsAt: 2, ratePerSecond: 200, why: 'new' } as const

test.each<[SweepNotice, string, object]>([
  [{ notice: 'integration.down', integration }, 'error', { integration }],
  [{ notice: 'integration.back', integration }, 'info', { integration }],
  [{ notice: 'integration.missing', integration }, 'warn', { integration }],
  [{ notice: 'integration.retired', integration, rows: 7 }, 'warn', { integration, rows: 7 }],
  [
    { notice: 'integration.backfilled', integration, redriveId: 'r', count: 3 },
    'info',
    { integration, redriveId: 'r', count: 3 },
  ],
  [
    { notice: 'integration.backfill-planned', integration, ...PLAN },
    'warn',
    { text: expect.stringContaining('maas is new: 3 centers'), integration, ...PLAN },
  ],
  [{ notice: 'stats.unaccounted', integration, count: 3 }, 'error', { integration, count: 3 }],
  [{ notice: 'maintenance.failed', task: 'stats', error: failure }, 'error', { task: 'stats', err: failure }],
  [{ notice: 'report.daily', report: reportOf(true) }, 'info', reportOf(true)],
  [{ notice: 'report.daily', report: reportOf(false) }, 'error', reportOf(false)],
])('$notice is one line under its name', (notice, level, fields) => {
  expect(linesOf(notice)).toEqual([[level, notice.notice, fields]])
})

test('the progress of a redrive is no line', () => {
  const { redrive, lanes } = {
    redrive: {
      id: 'r',
      state: 'running',
      open: true,
      filter: { states: ['parked'] },
      force: false,
      reason: 'x',
      requestedBy: 'ana',
      createdAt: 1,
    },
    lanes: [],
  } as const
  expect(linesOf({ notice: 'redrive.progressed', redrive: { redrive, lanes } })).toEqual([])
})
