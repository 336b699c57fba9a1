import type { DeliveryRow, DeliveryTrigger } from '../model/delivery-row.ts'
import { isSettledBySimulator, waitingForReal } from '../model/simulated.ts'
import { toDelivery } from '../search/to-delivery.ts'
import { KEY, NOW, SETTINGS } from '../testing/samples.ts'
import { decideClaim } from './decide-claim.ts'
import { decideSettle } from './decide-settle.ts'
import type { Outcome } from './outcome.ts'

const { retry, recovery } = SETTINGS
const PUSH: DeliveryTrigger = { kind: 'push' }
const FORCED: DeliveryTrigger = { kind: 'redrive', id: 'r', force: true }
const DELIVERED: Outcome = { kind: 'delivered', externalId: 'p-1' }
const REJECTED: Outcome = { kind: 'rejected', cause: 'rejected:x', message: 'no' }
const AWAY: Outcome = { kind: 'transient', cause: 'http-503', message: 'away' }

type Call = { by: 'simulator' | 'real'; outcome?: Outcome; version?: number; trigger?: DeliveryTrigger }

/** The row after one more call. */
const called = (
  row: DeliveryRow | undefined,
  { by, outcome = DELIVERED, version = 1, trigger = PUSH }: Call,
) => {
  const context = { now: NOW, token: 't', paused: false, retry }
  const claim = decideClaim(row && { row, ageMs: Infinity }, { ...KEY, version, trigger }, context)
  if (claim.decision !== 'claimed') throw new Error(claim.decision)
  const simulated = by === 'simulator'
  return decideSettle(claim.row, outcome, trigger, { now: NOW, tookMs: 5, retry, recovery, simulated }).row
}
const after = (...calls: Call[]): DeliveryRow => {
  const row = calls.reduce<DeliveryRow | undefined>(called, undefined)
  if (!row) throw new Error('No call')
  return row
}
const sumOf = ({ tally = {} }: DeliveryRow) => Object.values(tally).reduce((sum, n) => sum + n, 0)
const shown = (row: DeliveryRow, version = 1) => toDelivery(row, { id: KEY.centerId, version }, SETTINGS)

describe('defect 6: what a simulator takes', () => {
  test('is marked in the row and in the attempt, and shown', () => {
    const row = after({ by: 'simulator' })
    expect(isSettledBySimulator(row)).toBe(true)
    expect(shown(row)).toMatchObject({
      state: 'delivered',
      deliveredVersion: 1,
      simulated: true,
      history: [{ result: 'delivered', simulated: true }],
    })
  })

  test.each([
    ['rejected', { by: 'simulator', outcome: REJECTED }],
    ['parked', { by: 'simulator', outcome: AWAY, trigger: { kind: 'recovery' } }],
  ] as const)('is settled where it is %s', (state, call) => {
    const row = after(call)
    expect(row.state).toBe(state)
    expect(isSettledBySimulator(row)).toBe(true)
  })

  test('is the broker’s where it failed: the next push brings it to the real system', () => {
    const row = after({ by: 'simulator', outcome: AWAY })
    expect(isSettledBySimulator(row)).toBe(false)
    expect(called(row, { by: 'real' })).not.toHaveProperty('simulated')
  })

  test('a real system takes no mark, and shows none', () => {
    const delivery = shown(after({ by: 'real' }))
    expect(JSON.stringify(delivery)).not.toContain('simulated')
  })
})

describe('defect 6: a real system in the place of the simulator', () => {
  test('has nothing of what that took: it waits, and is delivered once more, counted once', () => {
    const waiting = waitingForReal(after({ by: 'simulator' }), 'u')
    expect(shown(waiting)).toMatchObject({ state: 'waiting', deliveredVersion: 0, attempts: 0 })
    expect(shown(waiting)).not.toHaveProperty('externalId')
    expect(sumOf(waiting)).toBe(0)
    const row = called(waiting, { by: 'real', outcome: { kind: 'delivered' } })
    expect(row).toMatchObject({ state: 'delivered', deliveredVersion: 1, attempts: 1, tally: { push: 1 } })
    expect(row).not.toHaveProperty('simulated')
    expect(row.history.map(({ simulated = false }) => simulated)).toEqual([true, false])
  })

  test('keeps what it had before the simulator took a newer version', () => {
    const row = after(
      { by: 'real', outcome: { kind: 'delivered', externalId: 'real-1' } },
      { by: 'simulator', version: 2 },
    )
    expect(shown(row, 2)).toMatchObject({ deliveredVersion: 2, externalId: 'p-1', simulated: true })
    const waiting = waitingForReal(row, 'u')
    expect(waiting).toMatchObject({ deliveredVersion: 1, externalId: 'real-1', tally: { push: 1 } })
  })

  test.each<[string, Call]>([
    ['a newer version', { by: 'simulator', version: 2 }],
    ['the same one again', { by: 'simulator', trigger: FORCED }],
  ])('has nothing of a simulator that took %s', (_, second) => {
    expect(waitingForReal(after({ by: 'simulator' }, second), 'u')).toMatchObject({ deliveredVersion: 0 })
  })

  test('that fails has none of the versions that the simulator took', () => {
    const row = after({ by: 'simulator' }, { by: 'real', version: 2, outcome: AWAY })
    expect(shown(row, 2)).toMatchObject({ state: 'retrying', deliveredVersion: 0 })
    expect(row).not.toHaveProperty('simulated')
  })

  test.each<[string, Call[]]>([
    ['both versions of the simulator', [{ by: 'simulator' }, { by: 'simulator', version: 2 }]],
    ['one of it, one of the real system', [{ by: 'simulator' }, { by: 'real', version: 2 }]],
    ['one of the real system, one of it', [{ by: 'real' }, { by: 'simulator', version: 2 }]],
    ['one that was forced again', [{ by: 'simulator' }, { by: 'simulator', trigger: FORCED }]],
    ['one that a forced call brought', [{ by: 'simulator' }, { by: 'real', trigger: FORCED }]],
    ['a rejection', [{ by: 'simulator', outcome: REJECTED }]],
    ['versions that it passed over', [{ by: 'simulator' }, { by: 'simulator', version: 4 }]],
  ])('each version is tallied once, when it is done with: %s', (_, calls) => {
    const row = after(...calls)
    const leftOf = ({ deliveredVersion, version }: DeliveryRow) => (deliveredVersion < version ? 1 : 0)
    expect(sumOf(row)).toBe(row.version - leftOf(row))
    const waiting = isSettledBySimulator(row) ? waitingForReal(row, 'u') : row
    expect(sumOf(waiting)).toBe(waiting.version - leftOf(waiting))
    const next = called(waiting, { by: 'real', version: waiting.version + 2 })
    expect(sumOf(next)).toBe(next.version)
  })
})
