import { LEASE_MS } from '../../src/model/budget.ts'
import { decideClaim } from '../../src/deliver/decide-claim.ts'
import { dueAtOf } from '../../src/model/delivery-row.ts'
import { createTestClock, createTestIds, KEY, NOW, rowIn, SETTINGS } from '../../src/testing/samples.ts'
import { createTestEngine } from '../support.ts'
import { createRetire, retiredRow } from '../../src/sweep/retire.ts'

const FAILURE = { kind: 'transient', cause: 'tls', message: 'x', at: NOW } as const
const FAR = 1_000_000

const createPart = () => {
  const clock = createTestClock()
  const { engine, faults, put, rowOf } = createTestEngine({ clock })
  const retire = createRetire({ ...engine, clock, ids: createTestIds() })
  const entries = async () => (await engine.audit.list({ pageSize: 10 })).items.toReversed()
  const putAt = (
    integration: string,
    centerId: string,
    state: 'parked' | 'retrying' | 'delivering' = 'parked',
  ) => put({ ...rowIn(state), integration, centerId })
  return {
    retire: (deadline: number, ...gone: string[]) => retire(new Set(gone), deadline),
    faults,
    rowOf,
    entries,
    put: putAt,
  }
}

test('closes what integrations that are gone have left, audited, and leaves the others', async () => {
  const { retire, rowOf, entries, put } = createPart()
  put('gone', 'a')
  put('gone', 'b', 'retrying')
  put('lost', 'a', 'delivering')
  put('maas', 'a')
  expect(await retire(FAR, 'gone', 'lost')).toEqual({ gone: 2, lost: 1 })
  const stateOf = (integration: string, centerId: string) => rowOf({ integration, centerId })?.state
  expect([stateOf('gone', 'a'), stateOf('gone', 'b'), stateOf('lost', 'a')]).toEqual([
    'retired',
    'retired',
    'retired',
  ])
  expect(stateOf('maas', 'a')).toBe('parked')
  const audited = await entries()
  expect(audited.map(({ actor, action, target, reason }) => [actor, action, target, reason.at(-1)])).toEqual([
    ['system', 'integration.retire', 'gone', '2'],
    ['system', 'integration.retire', 'lost', '1'],
  ])
  expect(await retire(FAR, 'gone', 'lost')).toEqual({})
  expect(await entries()).toHaveLength(2)
})

test('a row that somebody else writes meanwhile is left to the next sweep', async () => {
  const { retire, faults, put } = createPart()
  put('gone', 'a')
  faults.push('refused')
  expect(await retire(FAR, 'gone')).toEqual({ gone: 0 })
  expect(await retire(FAR, 'gone')).toEqual({ gone: 1 })
})

test('nothing begins at or after the deadline', async () => {
  const { retire, put } = createPart()
  put('gone', 'a')
  expect(await retire(0, 'gone')).toEqual({})
})

test('a retired row is due never, fails no more, and keeps what it has achieved', () => {
  const row = rowIn('parked', { deliveredVersion: 1, attempts: 3, lastFailure: FAILURE, externalId: 'p-1' })
  const retired = retiredRow({ row, ageMs: 0 }, 'new')
  expect(dueAtOf(retired)).toBeUndefined()
  expect(retired).not.toHaveProperty('dueAt')
  expect(retired).toMatchObject({ deliveredVersion: 1, attempts: 3, externalId: 'p-1', token: 'new' })
  expect(retired.lastFailure).toBeUndefined()
})

test('the integration is back: its row is claimed like any other, and a call that may still land is waited for', () => {
  const context = { now: NOW, token: 't', paused: false, retry: SETTINGS.retry }
  const request = { ...KEY, version: 1, trigger: { kind: 'redrive', id: 'r', force: false } } as const
  const parked = { row: retiredRow({ row: rowIn('parked'), ageMs: 0 }, 't'), ageMs: 0 }
  expect(decideClaim(parked, request, context)).toMatchObject({ decision: 'claimed', takenOver: false })
  const row = rowIn('delivering', { attempts: 1, lastAttemptAt: NOW })
  const died = retiredRow({ row, ageMs: 5_000 }, 't')
  expect(died.inDoubtMs).toBe(LEASE_MS - 5_000)
  const newer = decideClaim({ row: died, ageMs: 69_999 }, { ...request, version: 2 }, context)
  expect(newer).toEqual({ decision: 'held' })
})
