import type { Membership } from '../model/integration-state.ts'
import { NOW } from '../testing/samples.ts'
import { decideMembership } from './decide-membership.ts'

const DAY_MS = 24 * 3_600_000
const POLICY = { settleMs: 120_000, retireAfterMs: DAY_MS }
const SETTLED = { unsettledAt: 0, lookedAt: 0, passedMs: 120_000 }
const decide = (known: Membership | undefined, settings: { since?: number } | undefined, now = NOW) =>
  decideMembership(known, settings, now, POLICY)

describe('an integration in the list', () => {
  test('that is new is remembered, and brought nothing yet: others may close events without it', () => {
    expect(decide(undefined, {})).toEqual({ decision: 'write', membership: { unsettledAt: NOW } })
    expect(decide({ unsettledAt: NOW - 5_999 }, {})).toEqual({ decision: 'none' })
    expect(decide({ unsettledAt: NOW - 7_000 }, {})).toEqual({
      decision: 'write',
      membership: { unsettledAt: NOW - 7_000, lookedAt: NOW, passedMs: 7_000 },
    })
  })

  test('gets its backfill once no other sweep can act on a list without it', () => {
    const known = { unsettledAt: NOW - 120_000, lookedAt: NOW - 20_000, passedMs: 100_000 }
    expect(decide({ ...known, passedMs: 99_999 }, {})).toMatchObject({ decision: 'write' })
    expect(decide(known, {})).toEqual({
      decision: 'backfill',
      membership: { unsettledAt: NOW - 120_000, lookedAt: NOW, passedMs: 120_000, backfilledSince: 0 },
    })
  })

  test('with a since gets what is owed from then on', () => {
    expect(decide(undefined, { since: 500 })).toEqual({
      decision: 'write',
      membership: { unsettledAt: NOW, from: 500 },
    })
    expect(decide({ ...SETTLED, from: 500 }, { since: 500 })).toMatchObject({
      decision: 'backfill',
      membership: { backfilledSince: 500 },
    })
  })

  test('gets one backfill, not one a sweep', () => {
    expect(decide({ ...SETTLED, backfilledSince: 500 }, { since: 500 })).toEqual({ decision: 'none' })
    expect(decide({ ...SETTLED, backfilledSince: 0 }, {})).toEqual({ decision: 'none' })
  })

  // A sweeper of the image before would take up the redrive and find nothing, with the since that it has.
  test('whose since moves earlier is owed more, and gets another once no other sweep has the later one', () => {
    const unsettled = { decision: 'write', membership: { unsettledAt: NOW, from: 400 } }
    expect(decide({ ...SETTLED, backfilledSince: 500 }, { since: 400 })).toEqual(unsettled)
    expect(decide({ ...SETTLED, backfilledSince: 500 }, {})).toEqual({
      decision: 'write',
      membership: { unsettledAt: NOW },
    })
    // Also while it was settling: what has passed, has passed with the list from before.
    expect(decide({ ...SETTLED, from: 500 }, { since: 400 })).toEqual(unsettled)
    expect(decide({ ...SETTLED, from: 400 }, { since: 400 })).toEqual({
      decision: 'backfill',
      membership: { ...SETTLED, lookedAt: NOW, passedMs: 180_000, backfilledSince: 400 },
    })
  })

  test('whose since moves later is owed less from now on: moved back, it is brought what was closed meanwhile', () => {
    const later = decide({ ...SETTLED, backfilledSince: 500 }, { since: 900 })
    expect(later).toEqual({ decision: 'write', membership: { ...SETTLED, backfilledSince: 900 } })
    expect(decide({ ...SETTLED, backfilledSince: 900 }, { since: 500 })).toEqual({
      decision: 'write',
      membership: { unsettledAt: NOW, from: 500 },
    })
  })

  test('that is back gets a backfill, however short it was away', () => {
    const back = decide({ unsettledAt: NOW - 5, missingSince: NOW - 5 }, {})
    expect(back).toEqual({ decision: 'write', membership: { unsettledAt: NOW } })
  })

  test('row 45: does not wait for a time that a clock from the future has written', () => {
    const known = { unsettledAt: NOW + 10 * DAY_MS }
    expect(decide(known, {})).toEqual({
      decision: 'write',
      membership: { ...known, lookedAt: NOW, passedMs: 0 },
    })
  })

  test('row 45: is not settled by a clock that jumps ahead', () => {
    expect(decide({ unsettledAt: NOW }, {}, NOW + 365 * DAY_MS)).toMatchObject({
      decision: 'write',
      membership: { passedMs: 60_000 },
    })
  })
})

describe('an integration that the list lacks', () => {
  test('is remembered as missing at once, without its backfill: events will be closed without it', () => {
    const missing = { decision: 'write', membership: { unsettledAt: NOW, missingSince: NOW } }
    expect(decide({ ...SETTLED, backfilledSince: 0 }, undefined)).toEqual(missing)
    expect(decide(undefined, undefined)).toEqual(missing)
  })

  // Looks so often until its rows are retired; each look goes on from what the look before it has remembered.
  const looksUntilRetired = (known: Membership, gapMs: number, now = NOW): number => {
    let membership = known
    for (let looks = 1; looks < 100_000; looks++) {
      const decided = decide(membership, undefined, now + looks * gapMs)
      if (decided.decision === 'retire') return looks
      if (decided.decision === 'write') ({ membership } = decided)
    }
    return Number.POSITIVE_INFINITY
  }

  test('keeps its rows for a day: a rolled-back image must not retire them', () => {
    expect(looksUntilRetired({ unsettledAt: NOW, missingSince: NOW }, 60_000)).toBe(DAY_MS / 60_000)
    expect(looksUntilRetired({ unsettledAt: NOW, missingSince: NOW }, 1_000)).toBe(DAY_MS / 1_000)
  })

  test('row 45: keeps them as long by a clock that jumps a year ahead, and back', () => {
    const known = { unsettledAt: NOW, missingSince: NOW }
    const ahead = decide(known, undefined, NOW + 365 * DAY_MS)
    expect(ahead).toMatchObject({ decision: 'write', membership: { passedMs: DAY_MS / 10 } })
    if (ahead.decision !== 'write') throw new Error(ahead.decision)
    const back = decide(ahead.membership, undefined, NOW + 60_000)
    expect(back).toMatchObject({ decision: 'write', membership: { passedMs: DAY_MS / 10 } })
    if (back.decision !== 'write') throw new Error(back.decision)
    expect(looksUntilRetired(back.membership, 60_000, NOW + 60_000)).toBe((0.9 * DAY_MS) / 60_000)
  })
})
