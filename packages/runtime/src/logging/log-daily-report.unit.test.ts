import type { ReportDaily } from '@mensageria/core'
import { createDailyLog } from './log-daily-report.ts'

type Report = Awaited<ReturnType<ReportDaily>>

const setUp = () => {
  const lines: [string, object, string][] = []
  const now = { at: Date.parse('2026-11-24T00:00:10.000Z'), balanced: true, away: false }
  const reportDaily: ReportDaily = async (day = ''): Promise<Report> => {
    if (now.away) throw new Error('away')
    const counts = { registered: 1, updated: 0, accepted: 1, openEvents: 0, integrations: [] }
    return { day, asOf: now.at, ...counts, balanced: now.balanced }
  }
  const logger = {
    info: (fields: object, text: string) => lines.push(['info', fields, text]),
    error: (fields: object, text: string) => lines.push(['error', fields, text]),
  }
  return { now, lines, log: createDailyLog({ reportDaily, clock: { now: () => now.at }, logger }) }
}

test('each day that has ended is logged once', async () => {
  const { now, lines, log } = setUp()
  await log()
  await log()
  now.at += 86_400_000 - 11_000
  await log()
  expect(lines).toMatchObject([['info', { day: '2026-11-23', registered: 1 }, 'report.daily']])
  now.at += 1_000
  await log()
  expect(lines[1]).toMatchObject(['info', { day: '2026-11-24' }, 'report.daily'])
})

test('numbers that do not add up are an error', async () => {
  const { now, lines, log } = setUp()
  now.balanced = false
  await log()
  expect(lines).toMatchObject([['error', { balanced: false }, 'report.daily']])
})

test('a day that could not be read is logged later', async () => {
  const { now, lines, log } = setUp()
  now.away = true
  await expect(log()).rejects.toThrow('away')
  now.away = false
  await log()
  expect(lines).toHaveLength(1)
})
