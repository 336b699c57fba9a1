import { LEASE_MS } from '../model/budget.ts'
import { decideClaim } from '../deliver/decide-claim.ts'
import { dueAtOf } from '../model/delivery-row.ts'
import {
  createTestClock,
  createTestIds,
  createTestLedger,
  KEY,
  NOW,
  rowIn,
  SETTINGS,
} from '../testing/in-memory.ts'
import { createTestAudit } from '../testing/operations.ts'
import { createRetire, retiredRow } from './retire.ts'

const FAILURE = { kind: 'transient', cause: 'tls', message: 'x', at: NOW } as const
const FAR = 1_000_000

const createPart = () => {
  const clock = createTestClock()
  const ledger = createTestLedger(clock)
  const audit = createTestAudit()
  const retire = createRetire({
    // As a store finds them: what is due, of nobody who is named.
    orphans: {
      due: async (names, now, limit) => {
        const found = await Promise.all(['gone', 'lost', 'maas'].map((name) => ledger.due(name, now, limit)))
        return found.flat().filter(({ row }) => !names.includes(row.integration))
      },
    },
    ledger,
    audit,
    clock,
    ids: createTestIds(),
    integrations: [{ name: 'maas' }],
  })
  const put = (
    integration: string,
    centerId: string,
    state: 'parked' | 'retrying' | 'delivering' = 'parked',
  ) => ledger.put({ ...rowIn(state, { dueAt: NOW }), integration, centerId })
  return { retire, ledger, audit, put }
}

test('closes what integrations that are gone have left, audited, and leaves the others', async () => {
  const { retire, ledger, audit, put } = createPart()
  put('gone', 'a')
  put('gone', 'b', 'retrying')
  put('lost', 'a', 'delivering')
  put('maas', 'a')
  expect(await retire(FAR)).toEqual({ gone: 2, lost: 1 })
  const stateOf = (integration: string, centerId: string) => ledger.rowOf({ integration, centerId })?.state
  expect([stateOf('gone', 'a'), stateOf('gone', 'b'), stateOf('lost', 'a')]).toEqual([
    'retired',
    'retired',
    'retired',
  ])
  expect(stateOf('maas', 'a')).toBe('parked')
  expect(
    audit.entries.map(({ actor, action, target, reason }) => [actor, action, target, reason.at(-1)]),
  ).toEqual([
    ['system', 'integration.retire', 'gone', '2'],
    ['system', 'integration.retire', 'lost', '1'],
  ])
  expect(await retire(FAR)).toEqual({})
  expect(audit.entries).toHaveLength(2)
})

test('a row that somebody else writes meanwhile is left to the next sweep', async () => {
  const { retire, ledger, put } = createPart()
  put('gone', 'a')
  ledger.faults.push('refused')
  expect(await retire(FAR)).toEqual({})
  expect(await retire(FAR)).toEqual({ gone: 1 })
})

test('two sweeps at once audit each row once', async () => {
  const { retire, audit, put } = createPart()
  put('gone', 'a')
  expect(await Promise.all([retire(FAR), retire(FAR)])).toEqual([{ gone: 1 }, {}])
  expect(audit.entries).toHaveLength(1)
})

test('nothing begins at or after the deadline', async () => {
  const { retire, put } = createPart()
  put('gone', 'a')
  expect(await retire(0)).toEqual({})
})

test('a retired row is due never, fails no more, and keeps what it has achieved', () => {
  const row = rowIn('parked', { deliveredVersion: 1, attempts: 3, lastFailure: FAILURE, externalId: 'p-1' })
  const retired = retiredRow(row, NOW, 'new')
  expect(dueAtOf(retired)).toBeUndefined()
  expect(retired).not.toHaveProperty('dueAt')
  expect(retired).toMatchObject({ deliveredVersion: 1, attempts: 3, externalId: 'p-1', token: 'new' })
  expect(retired.lastFailure).toBeUndefined()
})

test('the integration is back: its row is claimed like any other, and a call that may still land is waited for', () => {
  const context = { now: NOW, token: 't', paused: false, retry: SETTINGS.retry }
  const request = { ...KEY, version: 1, trigger: { kind: 'redrive', id: 'r', force: false } } as const
  const parked = { row: retiredRow(rowIn('parked'), NOW, 't'), ageMs: Infinity }
  expect(decideClaim(parked, request, context)).toMatchObject({ decision: 'claimed', takenOver: false })
  const died = retiredRow(rowIn('delivering', { attempts: 1, lastAttemptAt: NOW }), NOW, 't')
  expect(died.inDoubtUntil).toBe(NOW + LEASE_MS)
  const newer = decideClaim({ row: died, ageMs: Infinity }, { ...request, version: 2 }, context)
  expect(newer).toEqual({ decision: 'held' })
})
