import type { RedriveWithLanes } from '../model/redrive.ts'
import { NOW, rowIn, SETTINGS } from '../testing/samples.ts'
import { decideFilter, isClockWrong, newRedrive, paceOf, settledBy, shouldSend } from './decide.ts'

const request = {
  filter: { integration: 'maas', states: ['parked', 'rejected'] as const },
  reason: 'it is fixed',
  requestedBy: 'ana',
  force: false,
}
const INTEGRATIONS = ['senninha', 'maas']
const redriveOf = (overrides: Partial<RedriveWithLanes['redrive']> = {}) => {
  const { redrive } = newRedrive(request, { id: 'r1', now: NOW, expected: 10, integrations: INTEGRATIONS })
  return { ...redrive, ...overrides }
}
const attemptBy = (trigger: string, result: 'delivered' | 'transient') => ({
  at: new Date(NOW).toISOString(),
  version: 1,
  trigger,
  durationMs: 5,
  result,
})

describe('decideFilter', () => {
  test.each([{}, { states: ['parked'] as const }, { q: 'cd' }, { kind: 'transient' as const }, { since: 1 }])(
    '%j means everything, and is refused',
    (filter) => {
      expect(decideFilter(filter, true, INTEGRATIONS)).toEqual({ ok: false, reason: 'empty' })
    },
  )

  test.each([{ integration: 'maas' }, { cause: 'http-503' }, { centerId: 'a' }])('%j is enough', (filter) => {
    expect(decideFilter(filter, false, INTEGRATIONS)).toEqual({
      ok: true,
      filter: { ...filter, states: ['parked', 'rejected'], scope: 'owed' },
    })
  })

  test('an integration that is not in the list is refused: nobody would ever run its lane', () => {
    const decided = decideFilter({ integration: 'dmirti' }, false, INTEGRATIONS)
    expect(decided).toEqual({ ok: false, reason: 'unknown-integration' })
  })

  test('delivered rows need force', () => {
    const filter = { integration: 'maas', states: ['delivered'] as const }
    expect(decideFilter(filter, false, INTEGRATIONS)).toEqual({
      ok: false,
      reason: 'delivered-without-force',
    })
    expect(decideFilter(filter, true, INTEGRATIONS)).toMatchObject({ ok: true })
  })

  test('a person who asks for what waits means centers from before the integration’s since too', () => {
    const decided = decideFilter({ integration: 'maas', states: ['waiting'] }, false, INTEGRATIONS)
    expect(decided).toMatchObject({ filter: { states: ['waiting'], scope: 'all' } })
  })

  test('the system’s backfill keeps to what is owed', () => {
    const filter = { integration: 'maas', states: ['waiting'] as const, scope: 'owed' as const }
    expect(decideFilter(filter, false, INTEGRATIONS)).toMatchObject({ filter: { scope: 'owed' } })
  })
})

describe('newRedrive', () => {
  const context = { id: 'r', now: NOW, expected: undefined, integrations: INTEGRATIONS }

  test('begins with a canary at once, in one lane for the integration of its filter', () => {
    const { redrive, lanes } = newRedrive(request, { ...context, expected: 10 })
    expect(redrive).toMatchObject({ state: 'running', open: true, createdAt: NOW, expected: 10 })
    expect(lanes).toMatchObject([
      {
        integration: 'maas',
        window: { phase: 'canary', nextAt: NOW },
        exhausted: false,
        sending: [],
        delivered: 0,
      },
    ])
  })

  test('has a lane for each integration where the filter names none', () => {
    const wide = { ...request, filter: { cause: 'tls', states: ['parked'] as const } }
    const { lanes } = newRedrive(wide, context)
    expect(lanes.map(({ integration }) => integration)).toEqual(INTEGRATIONS)
  })

  test('without any lane it is done: it must not stay open for ever', () => {
    const { redrive } = newRedrive(request, { ...context, integrations: [] })
    expect(redrive).toMatchObject({ state: 'done', open: false })
  })
})

test('a redrive may be slower than the integration allows, never faster', () => {
  const { recovery } = SETTINGS
  expect(paceOf(redriveOf(), recovery)).toEqual(recovery)
  const slower = { ratePerSecond: 1, rampCap: 2 }
  expect(paceOf(redriveOf(slower), recovery)).toMatchObject({ ratePerSecond: 1, windowMax: 2 })
  const faster = { ratePerSecond: 100_000, rampCap: 1000 }
  expect(paceOf(redriveOf(faster), recovery)).toEqual(recovery)
})

describe('shouldSend', () => {
  const at = { row: rowIn('parked', { lastAttemptAt: NOW - 1 }), centerVersion: 1 }

  test('sends a row in a state that was asked for', () => {
    expect(shouldSend(redriveOf(), at, NOW)).toBe(true)
    expect(shouldSend(redriveOf(), { ...at, row: rowIn('retrying') }, NOW)).toBe(false)
  })

  test('skips a row that is in work elsewhere', () => {
    const filter = { states: ['delivering'] as const }
    expect(shouldSend(redriveOf({ filter }), { ...at, row: rowIn('delivering') }, NOW)).toBe(false)
  })

  test('skips a row that was tried since the person asked', () => {
    const row = rowIn('parked', { lastAttemptAt: NOW + 1 })
    expect(shouldSend(redriveOf(), { ...at, row }, NOW + 1)).toBe(false)
  })

  test('an attempt from the future, made by a clock that had jumped, does not shut a person out', () => {
    const row = rowIn('rejected', { lastAttemptAt: NOW + 24 * 3_600_000 })
    expect(shouldSend(redriveOf(), { ...at, row }, NOW + 1)).toBe(true)
  })

  test('a redrive from the future is not older than now', () => {
    const row = rowIn('parked', { lastAttemptAt: NOW - 1 })
    const createdAt = NOW + 24 * 3_600_000
    expect(shouldSend(redriveOf({ createdAt }), { ...at, row }, NOW)).toBe(true)
  })

  test('row 45: what was asked for while the clock was a year behind skips no row for having been tried since', () => {
    const createdAt = NOW - 365 * 86_400_000
    const tried = { row: rowIn('parked', { lastAttemptAt: NOW - 1 }), centerVersion: 1 }
    expect(isClockWrong(tried, createdAt)).toBe(true)
    expect(shouldSend(redriveOf({ createdAt, clockWasWrong: true }), tried, NOW)).toBe(true)
    expect(shouldSend(redriveOf({ createdAt }), tried, NOW)).toBe(false)
  })

  test.each([
    ['no row', undefined, false],
    ['a row that was never called', {}, false],
    ['the past', { lastAttemptAt: NOW - 1 }, false],
    ['as much later as two clocks may differ', { lastAttemptAt: NOW + 60_000 }, false],
    ['later than that', { lastAttemptAt: NOW + 60_001 }, true],
  ])('the clock is wrong where the newest attempt is of %s: %s', (_what, fields, expected) => {
    expect(isClockWrong({ row: fields && rowIn('parked', fields) }, NOW)).toBe(expected)
  })

  test('sends delivered rows with force only', () => {
    const asked = redriveOf({ filter: { states: ['delivered'] } })
    const row = rowIn('delivered')
    expect(shouldSend(asked, { ...at, row }, NOW)).toBe(false)
    expect(shouldSend({ ...asked, force: true }, { ...at, row }, NOW)).toBe(true)
  })

  test('a row below the center’s version waits, whatever became of the older one', () => {
    const asked = redriveOf({ filter: { states: ['waiting'] } })
    expect(shouldSend(asked, { row: rowIn('delivered'), centerVersion: 2 }, NOW)).toBe(true)
    expect(shouldSend(asked, { row: undefined, centerVersion: 1 }, NOW)).toBe(true)
    expect(shouldSend(asked, { row: rowIn('retired'), centerVersion: 1 }, NOW)).toBe(true)
  })
})

describe('settledBy', () => {
  test('knows how the attempt of this redrive ended', () => {
    const history = [attemptBy('redrive:r1', 'transient'), attemptBy('push', 'delivered')]
    expect(settledBy(rowIn('delivered', { history }), 'r1')).toBe('failed')
    expect(settledBy(rowIn('delivered', { history: [attemptBy('redrive:r1', 'delivered')] }), 'r1')).toBe(
      'delivered',
    )
  })

  test('also where a newer attempt of somebody else is under way', () => {
    const history = [attemptBy('redrive:r1', 'delivered')]
    expect(settledBy(rowIn('delivering', { history }), 'r1')).toBe('delivered')
  })

  test('knows nothing of a row that another redrive, or nobody, has tried', () => {
    expect(
      settledBy(rowIn('parked', { history: [attemptBy('redrive:r2', 'transient')] }), 'r1'),
    ).toBeUndefined()
    expect(settledBy(undefined, 'r1')).toBeUndefined()
  })
})
