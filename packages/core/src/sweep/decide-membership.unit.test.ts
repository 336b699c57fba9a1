import type { Membership } from '../model/integration-state.ts'
import { NOW } from '../testing/samples.ts'
import { decideMembership } from './decide-membership.ts'

const DAY_MS = 24 * 3_600_000
const POLICY = { settleMs: 120_000, retireAfterMs: DAY_MS }
const decide = (known: Membership | undefined, settings: { since?: number } | undefined, now = NOW) =>
  decideMembership(known, settings, now, POLICY)

describe('an integration in the list', () => {
  test('that is new is remembered, and brought nothing yet: others may close events without it', () => {
    expect(decide(undefined, {})).toEqual({ decision: 'write', membership: { unsettledAt: NOW } })
    expect(decide({ unsettledAt: NOW - 119_999 }, {})).toEqual({ decision: 'none' })
  })

  test('gets its backfill once no other sweep can act on a list without it', () => {
    expect(decide({ unsettledAt: NOW - 120_000 }, {})).toEqual({
      decision: 'backfill',
      membership: { unsettledAt: NOW - 120_000, backfilledSince: 0 },
    })
  })

  test('with a since gets what is owed from then on', () => {
    expect(decide({ unsettledAt: 0 }, { since: 500 })).toMatchObject({
      decision: 'backfill',
      membership: { backfilledSince: 500 },
    })
  })

  test('gets one backfill, not one a sweep', () => {
    expect(decide({ unsettledAt: 0, backfilledSince: 500 }, { since: 500 })).toEqual({ decision: 'none' })
    expect(decide({ unsettledAt: 0, backfilledSince: 0 }, {})).toEqual({ decision: 'none' })
  })

  test('whose since moves earlier is owed more, and gets another', () => {
    expect(decide({ unsettledAt: 0, backfilledSince: 500 }, { since: 400 })).toMatchObject({
      decision: 'backfill',
      membership: { backfilledSince: 400 },
    })
    expect(decide({ unsettledAt: 0, backfilledSince: 500 }, {})).toMatchObject({ decision: 'backfill' })
  })

  test('whose since moves later is owed less from now on: moved back, it is brought what was closed meanwhile', () => {
    const later = decide({ unsettledAt: 0, backfilledSince: 500 }, { since: 900 })
    expect(later).toEqual({ decision: 'write', membership: { unsettledAt: 0, backfilledSince: 900 } })
    expect(decide({ unsettledAt: 0, backfilledSince: 900 }, { since: 500 })).toMatchObject({
      decision: 'backfill',
    })
  })

  test('that is back gets a backfill, however short it was away', () => {
    const back = decide({ unsettledAt: NOW - 5, missingSince: NOW - 5 }, {})
    expect(back).toEqual({ decision: 'write', membership: { unsettledAt: NOW } })
  })

  test('does not wait for a time that a clock from the future has written', () => {
    const known = { unsettledAt: NOW + 10 * DAY_MS }
    expect(decide(known, {})).toEqual({ decision: 'write', membership: { unsettledAt: NOW } })
  })
})

describe('an integration that the list lacks', () => {
  test('is remembered as missing at once, without its backfill: events will be closed without it', () => {
    const missing = { decision: 'write', membership: { unsettledAt: NOW, missingSince: NOW } }
    expect(decide({ unsettledAt: 0, backfilledSince: 0 }, undefined)).toEqual(missing)
    expect(decide(undefined, undefined)).toEqual(missing)
  })

  test('keeps its rows for a day: a rolled-back image must not retire them', () => {
    const known = { unsettledAt: NOW, missingSince: NOW }
    expect(decide(known, undefined, NOW + DAY_MS - 1)).toEqual({ decision: 'none' })
    expect(decide(known, undefined, NOW + DAY_MS)).toEqual({ decision: 'retire' })
  })

  test('whose absence began in the future begins it now', () => {
    expect(decide({ unsettledAt: NOW, missingSince: NOW + DAY_MS }, undefined)).toMatchObject({
      decision: 'write',
      membership: { missingSince: NOW },
    })
  })
})
