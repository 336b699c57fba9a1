import type { Redrive } from '../model/redrive.ts'
import { initialRecovery } from '../recovery/next-window.ts'
import { decideFilter, decideRow, newRedrive, paceOf, settledBy, shownState } from './redrive.ts'
import {
  decideRedriveAction,
  isActive,
  progressOf,
  settleRows,
  takeRows,
  type RedriveAction,
} from './redrive-steps.ts'
import { NOW, rowIn, SETTINGS } from '../testing/in-memory.ts'

const request = {
  filter: { integration: 'maas', states: ['parked', 'rejected'] as const },
  reason: 'it is mended',
  requestedBy: 'ana',
  force: false,
}
const redriveOf = (overrides: Partial<Redrive> = {}): Redrive => ({
  ...newRedrive(request, { id: 'r1', now: NOW, total: 10, integrations: ['senninha', 'maas'] }),
  ...overrides,
})
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
      expect(decideFilter(filter, true)).toEqual({ ok: false, reason: 'empty' })
    },
  )

  test.each([{ integration: 'maas' }, { cause: 'http-503' }, { centerId: 'a' }])('%j is enough', (filter) => {
    expect(decideFilter(filter, false)).toEqual({
      ok: true,
      filter: { ...filter, states: ['parked', 'rejected'] },
    })
  })

  test('delivered rows need force', () => {
    const filter = { integration: 'maas', states: ['delivered'] as const }
    expect(decideFilter(filter, false)).toEqual({ ok: false, reason: 'delivered-without-force' })
    expect(decideFilter(filter, true)).toMatchObject({ ok: true })
  })

  test('whoever asks for what waits means centers from before the integration’s time too', () => {
    const decided = decideFilter({ integration: 'maas', states: ['waiting'] }, false)
    expect(decided).toMatchObject({ filter: { states: ['waiting'], backfill: true } })
  })
})

describe('newRedrive', () => {
  test('begins with a canary at once, in one lane for the integration of its filter', () => {
    expect(redriveOf()).toMatchObject({ state: 'running', createdAt: NOW, total: 10 })
    expect(redriveOf().lanes).toMatchObject([
      { integration: 'maas', window: { phase: 'canary', nextAt: NOW }, exhausted: false, sending: [] },
    ])
  })

  test('has a lane for each integration where the filter names none', () => {
    const wide = { ...request, filter: { cause: 'tls', states: ['parked'] as const } }
    const { lanes } = newRedrive(wide, { id: 'r', now: NOW, total: 1, integrations: ['senninha', 'maas'] })
    expect(lanes.map(({ integration }) => integration)).toEqual(['senninha', 'maas'])
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

test('a row below its center’s version is shown as waiting, like one that is not there', () => {
  expect(shownState(undefined, 1)).toBe('waiting')
  expect(shownState(rowIn('delivered'), 2)).toBe('waiting')
  expect(shownState(rowIn('delivered'), 1)).toBe('delivered')
})

describe('decideRow', () => {
  const decide = (row: ReturnType<typeof rowIn> | undefined, overrides: Partial<Redrive> = {}) =>
    decideRow(redriveOf(overrides), { row, centerVersion: 1 })

  test('sends a row that failed before the person asked', () => {
    expect(decide(rowIn('parked', { lastAttemptAt: NOW }))).toBe('send')
    expect(decide(rowIn('rejected'))).toBe('send')
  })

  test('skips a row that was tried since: another redrive or recovery has it', () => {
    expect(decide(rowIn('parked', { lastAttemptAt: NOW + 1 }))).toBe('skip')
  })

  test('skips a row that is in work, whatever states were asked for', () => {
    const filter = { integration: 'maas', states: ['delivering'] as const }
    expect(decide(rowIn('delivering'), { filter })).toBe('skip')
  })

  test('skips what was not asked for', () => {
    expect(decide(rowIn('retrying'))).toBe('skip')
    expect(decide(undefined)).toBe('skip')
  })

  test('sends delivered rows with force only', () => {
    const filter = { integration: 'maas', states: ['delivered'] as const }
    expect(decide(rowIn('delivered'), { filter })).toBe('skip')
    expect(decide(rowIn('delivered'), { filter, force: true })).toBe('send')
  })

  test('sends centers without a row where what waits was asked for', () => {
    expect(decide(undefined, { filter: { integration: 'maas', states: ['waiting'] } })).toBe('send')
  })
})

describe('settledBy', () => {
  test.each([
    ['no row', undefined, undefined],
    ['a row that it never called', rowIn('parked'), undefined],
    ['its success', rowIn('delivered', { history: [attemptBy('redrive:r1', 'delivered')] }), 'delivered'],
    ['its failure', rowIn('parked', { history: [attemptBy('redrive:r1', 'transient')] }), 'failed'],
    ['that of another', rowIn('parked', { history: [attemptBy('redrive:r2', 'transient')] }), undefined],
    ['a call in flight', rowIn('delivering', { history: [attemptBy('redrive:r1', 'transient')] }), undefined],
  ])('%s', (_name, row, expected) => {
    expect(settledBy(row, 'r1')).toBe(expected)
  })
})

describe('steps', () => {
  const lane = (redrive: Redrive) => redrive.lanes[0]
  const taken = takeRows(redriveOf(), 'maas', { centerIds: ['a', 'b'], skipped: 1, cursor: 'next' })
  const window = initialRecovery(NOW)

  test('rows are taken before they are sent, with the place where the next begin', () => {
    expect(lane(taken)).toMatchObject({ sending: ['a', 'b'], cursor: 'next', exhausted: false })
    expect(progressOf(taken)).toMatchObject({ total: 10, inFlight: 2, skipped: 1, remaining: 7 })
  })

  test('what is settled is counted and no longer in flight; the rest stays', () => {
    const ended = settleRows(taken, 'maas', { settled: ['a'], delivered: 1, failed: 0, skipped: 0, window })
    expect(progressOf(ended)).toMatchObject({ delivered: 1, inFlight: 1, remaining: 7 })
    expect(ended.state).toBe('running')
  })

  test('with its last row settled it is done, and what never came up again counts as skipped', () => {
    const last = takeRows(redriveOf(), 'maas', { centerIds: ['a'], skipped: 0, cursor: undefined })
    expect(last.state).toBe('running')
    const done = settleRows(last, 'maas', { settled: ['a'], delivered: 0, failed: 1, skipped: 0, window })
    expect(done.state).toBe('done')
    expect(progressOf(done)).toMatchObject({ total: 10, failed: 1, skipped: 9, inFlight: 0, remaining: 0 })
  })

  test('is not done before every lane is', () => {
    const lanes = ['maas', 'b'].map((integration) => ({ integration, window, exhausted: false, sending: [] }))
    const two = redriveOf({ lanes })
    const one = takeRows(two, 'b', { centerIds: [], skipped: 0, cursor: undefined })
    expect(one.state).toBe('running')
    expect(takeRows(one, 'maas', { centerIds: [], skipped: 0, cursor: undefined }).state).toBe('done')
  })

  test('more rows than were counted make the total larger, never the rest negative', () => {
    const centerIds = Array.from({ length: 12 }, (_, index) => `c${index}`)
    const more = takeRows(redriveOf(), 'maas', { centerIds, skipped: 0, cursor: 'next' })
    expect(progressOf(more)).toMatchObject({ total: 12, inFlight: 12, remaining: 0 })
  })

  test('its phase is ramp once a lane is in it', () => {
    expect(progressOf(redriveOf()).phase).toBe('canary')
    const ramp = { phase: 'ramp', window: 2, nextAt: NOW, since: NOW } as const
    const ended = settleRows(taken, 'maas', {
      settled: [],
      delivered: 0,
      failed: 0,
      skipped: 0,
      window: ramp,
    })
    expect(progressOf(ended).phase).toBe('ramp')
  })
})

describe('what a person does with it', () => {
  test.each<[Redrive['state'], RedriveAction, string]>([
    ['running', 'pause', 'paused'],
    ['running', 'cancel', 'cancelled'],
    ['paused', 'resume', 'running'],
    ['paused', 'cancel', 'cancelled'],
    ['running', 'resume', 'same'],
    ['paused', 'pause', 'same'],
    ['cancelled', 'cancel', 'same'],
    ['cancelled', 'resume', 'ended'],
    ['done', 'cancel', 'ended'],
    ['done', 'pause', 'ended'],
  ])('%s, %s: %s', (state, action, expected) => {
    const decided = decideRedriveAction(redriveOf({ state }), action)
    expect(decided.decision === 'changed' ? decided.redrive.state : decided.decision).toBe(expected)
  })

  test('one whose last rows were settled while it was paused is done when it is resumed', () => {
    const lanes = redriveOf().lanes.map((lane) => ({ ...lane, exhausted: true }))
    expect(decideRedriveAction(redriveOf({ state: 'paused', lanes }), 'resume')).toMatchObject({
      redrive: { state: 'done', skipped: 10 },
    })
  })

  test('it is active while it runs, and while rows of it are in flight', () => {
    expect(isActive(redriveOf())).toBe(true)
    const lanes = redriveOf().lanes.map((lane) => ({ ...lane, sending: ['a'] }))
    expect(isActive(redriveOf({ state: 'cancelled', lanes }))).toBe(true)
    expect(isActive(redriveOf({ state: 'cancelled' }))).toBe(false)
    expect(isActive(redriveOf({ state: 'paused' }))).toBe(false)
    expect(isActive(redriveOf({ state: 'done' }))).toBe(false)
  })
})
