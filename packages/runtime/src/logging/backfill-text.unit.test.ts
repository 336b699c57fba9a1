import type { BackfillPlan } from '@mensageria/core'
import { backfillText } from './backfill-text.ts'

const AT = Date.parse('2026-12-01T10:20:30.400Z')
const plan = (parts: Partial<BackfillPlan> = {}): BackfillPlan => ({
  integration: 'erp',
  count: 12_345,
  asOf: AT,
  beginsAt: AT + 120_000,
  ratePerSecond: 200,
  why: 'new',
  ...parts,
})

test('a new row says how many older centers its system gets, when, how fast, and how to have it otherwise', () => {
  expect(backfillText(plan())).toBe(
    'erp is new: 12,345 centers registered before now will be sent to it, from about 10:22 UTC, at 200 per second at most; ' +
      'to begin with what is registered from now on, set "since": "2026-12-01T10:20:30Z" in its row',
  )
})

test('what begins at once says so, and one center is one', () => {
  expect(backfillText(plan({ count: 1, beginsAt: AT }))).toContain(
    'erp is new: 1 center registered before now will be sent to it, from now on, at',
  )
})

test.each([
  ['real', 'erp gets a real system:'],
  ['owed-more', 'erp is back in the list, or its since lies earlier than before:'],
] as const)('%s is told from new', (why, start) => {
  expect(backfillText(plan({ why })).startsWith(start)).toBe(true)
})
