import type { StateCounts } from '../ports/index.ts'
import { createDailyReport, dayOf, toDailyReport, type ReportParts } from './daily-report.ts'

const STATES: StateCounts = { waiting: 1, delivering: 0, retrying: 2, parked: 3, rejected: 1, delivered: 13 }

const PARTS: ReportParts = {
  day: '2026-11-24',
  asOf: 1_000,
  counts: {
    registered: 7,
    updated: 2,
    integrations: { maas: { push: 5, recovery: 3, reconcile: 1, redrive: 2, superseded: 4 } },
  },
  totals: { accepted: 20, openEvents: 1, owed: { maas: 20, dmitri: 20 } },
  stats: [
    { name: 'maas', stats: { counts: STATES, oldestUndeliveredAt: 500 } },
    { name: 'dmitri', stats: { counts: { ...STATES, parked: 0, delivered: 16 } } },
  ],
}

test('puts the counts of the day and the state of now together', () => {
  expect(toDailyReport(PARTS)).toEqual({
    day: '2026-11-24',
    asOf: 1_000,
    registered: 7,
    updated: 2,
    accepted: 20,
    openEvents: 1,
    integrations: [
      {
        name: 'maas',
        delivered: 11,
        reconciled: 1,
        recovered: 3,
        redriven: 2,
        superseded: 4,
        states: STATES,
        owed: 20,
        oldestOpenAt: 500,
      },
      {
        name: 'dmitri',
        delivered: 0,
        reconciled: 0,
        recovered: 0,
        redriven: 0,
        superseded: 0,
        states: { ...STATES, parked: 0, delivered: 16 },
        owed: 20,
      },
    ],
    balanced: true,
  })
})

test.each([1, -1])('says so where the states of one integration do not add up to what it owes: %d', (off) => {
  const owed = { maas: 20, dmitri: 20 + off }
  expect(toDailyReport({ ...PARTS, totals: { ...PARTS.totals, owed } }).balanced).toBe(false)
})

test('a day is a UTC date', () => {
  expect(dayOf(Date.parse('2026-11-24T23:30:00-03:00'))).toBe('2026-11-25')
})

test.each([
  { asOf: undefined, says: 5_000 },
  { asOf: 4_000, says: 4_000 },
])('says when its states were counted, where they are not live: $asOf', async ({ asOf, says }) => {
  const report = createDailyReport({
    stats: {
      ofDay: async () => PARTS.counts,
      totals: async () => ({ ...PARTS.totals, ...(asOf === undefined ? {} : { asOf }) }),
      ofIntegration: async () => ({ counts: STATES }),
    },
    clock: { now: () => 5_000 },
    integrations: [{ name: 'maas' }],
  })
  expect(await report()).toMatchObject({ day: '1970-01-01', asOf: says })
})
