import { DistributionCenter } from '@mensageria/contracts'
import type { CallContext } from '../../src/deliver/call.ts'
import { createDeliver, type AttemptReport } from '../../src/deliver/deliver.ts'
import { idempotencyKeyOf } from '../../src/deliver/idempotency-key.ts'
import type { DeliveryTrigger, DeliveryRow } from '../../src/model/delivery-row.ts'
import {
  createTestClock,
  createTestIds,
  eventOf,
  KEY,
  NOW,
  rowIn,
  SETTINGS,
} from '../../src/testing/samples.ts'
import { createTestLedger } from '../support.ts'

const PUSH: DeliveryTrigger = { kind: 'push' }
const FORCED: DeliveryTrigger = { kind: 'redrive', id: 'r-1', force: true }
const ID = KEY.centerId

const contextOf = async (
  row: DeliveryRow | undefined,
  version = 1,
  trigger: DeliveryTrigger = PUSH,
  waitMs = 0,
) => {
  const clock = createTestClock()
  const ledger = createTestLedger(clock)
  if (row) ledger.put(row)
  clock.advance(waitMs)
  const calls: CallContext[] = []
  const reports: AttemptReport[] = []
  const deliver = createDeliver({
    settings: SETTINGS,
    ledger,
    clock,
    ids: createTestIds(),
    isPaused: () => false,
    call: async (_event, context) => {
      calls.push(context)
      return { kind: 'delivered' }
    },
    onAttempt: (report) => reports.push(report),
  })
  const { signal } = new AbortController()
  await deliver(eventOf(version), trigger, signal)
  const [context] = calls
  if (!context) throw new Error('No call was made')
  expect(context.signal).toBe(signal)
  return { ...context, reports }
}

describe('the idempotency key', () => {
  test('is the same for every attempt of one center, version and integration', async () => {
    const key = (await contextOf(undefined)).idempotencyKey
    expect(key).toMatch(new RegExp(`^${ID}:1:maas:[0-9a-f]{12}$`))
    expect((await contextOf(rowIn('retrying', { attempts: 9 }))).idempotencyKey).toBe(key)
    expect((await contextOf(rowIn('parked'), 1, { kind: 'recovery' })).idempotencyKey).toBe(key)
    expect((await contextOf(rowIn('parked'), 1, FORCED)).idempotencyKey).toBe(key)
    expect((await contextOf(rowIn('parked'), 2)).idempotencyKey).toMatch(`${ID}:2:maas:`)
  })

  test('is new with each redrive by a person of a row that was closed, and stays so', async () => {
    const key = (await contextOf(undefined)).idempotencyKey
    expect((await contextOf(rowIn('rejected'), 1, FORCED)).idempotencyKey).toBe(`${key}:r1`)
    const again = await contextOf(rowIn('delivered', { redrives: 1 }), 1, FORCED)
    expect(again.idempotencyKey).toBe(`${key}:r2`)
    const later = await contextOf(rowIn('parked', { redrives: 1 }), 1, { kind: 'recovery' })
    expect(later.idempotencyKey).toBe(`${key}:r1`)
  })

  test('c05: is another one where the same version has other data, whatever the order of its fields', () => {
    const row = rowIn('delivering')
    const ids = createTestIds()
    const { data } = eventOf(1)
    const key = idempotencyKeyOf(row, { data }, ids)
    const turned = Object.fromEntries(Object.entries(data).toReversed())
    const address = Object.fromEntries(Object.entries(data.address).toReversed())
    expect(idempotencyKeyOf(row, { data: DistributionCenter.parse({ ...turned, address }) }, ids)).toBe(key)
    expect(idempotencyKeyOf(row, { data: { ...data, name: 'CD Outro' } }, ids)).not.toBe(key)
  })
})

describe('what a call is told', () => {
  test('is its number and the time of the first one', async () => {
    expect(await contextOf(undefined)).toMatchObject({ attempt: 1, firstAttemptAt: NOW, now: NOW })
    const row = rowIn('retrying', { attempts: 2, firstAttemptAt: NOW - 99 })
    expect(await contextOf(row)).toMatchObject({ attempt: 3, firstAttemptAt: NOW - 99, now: NOW })
  })

  test('is how the attempts before it failed: the last cause, how often in a row, since when', async () => {
    expect(await contextOf(undefined)).not.toHaveProperty('lastFailure')
    const failed = { kind: 'transient' as const, cause: 'x', message: 'm', at: NOW - 5 }
    const counted = rowIn('retrying', {
      attempts: 4,
      lastFailure: { ...failed, since: NOW - 9, times: 3, lastedMs: 70 },
    })
    expect((await contextOf(counted)).lastFailure).toEqual({
      cause: 'x',
      since: NOW - 9,
      times: 3,
      lastedMs: 75,
    })
    const uncounted = rowIn('retrying', { attempts: 4, lastFailure: failed })
    expect((await contextOf(uncounted)).lastFailure).toEqual({
      cause: 'x',
      since: NOW - 5,
      times: 1,
      lastedMs: 5,
    })
    // Of another version nothing is said.
    expect(await contextOf(counted, 2)).not.toHaveProperty('lastFailure')
  })

  test('is the id of the last success, whatever came after it: a failure, a newer version, a redrive', async () => {
    const known = { externalId: 'p-1' }
    expect(await contextOf(undefined)).not.toHaveProperty('externalId')
    expect(await contextOf(rowIn('retrying', { attempts: 3, ...known }))).toMatchObject(known)
    expect(await contextOf(rowIn('parked', known), 2, { kind: 'recovery' })).toMatchObject(known)
    expect(await contextOf(rowIn('rejected', known), 1, FORCED)).toMatchObject(known)
    expect(await contextOf(rowIn('delivered', known), 1, FORCED)).toMatchObject(known)
  })

  test.each(['p-***', 'p-\uFFFD', 'x'.repeat(300)])(
    'is no id that the ledger has otherwise than the system gave it: %s',
    async (externalId) => {
      expect(await contextOf(rowIn('delivered', { externalId }), 2)).not.toHaveProperty('externalId')
    },
  )

  test('is no id of a simulator, once the system itself is called', async () => {
    const simulated = { deliveredVersion: 0 }
    const row = rowIn('delivered', { externalId: 'of-simulator', simulated })
    expect(await contextOf(row, 2)).not.toHaveProperty('externalId')
    const both = { ...row, simulated: { ...simulated, externalId: 'p-1' } }
    expect(await contextOf(both, 2)).toMatchObject({ externalId: 'p-1' })
  })

  test('is that it is the first: nothing of it can be there', async () => {
    expect((await contextOf(undefined)).mayHaveEffect).toBe(false)
    expect((await contextOf(rowIn('parked'), 1, { kind: 'recovery' })).mayHaveEffect).toBe(false)
  })

  test.each<[string, DeliveryRow | undefined, number, DeliveryTrigger, number]>([
    ['a later attempt', rowIn('retrying', { attempts: 1 }), 1, PUSH, 0],
    [
      'a lease that was taken over',
      rowIn('delivering', { attempts: 1, lastAttemptAt: NOW }),
      1,
      PUSH,
      75_000,
    ],
    ['a version after the first', undefined, 2, PUSH, 0],
    ['a forced redrive', rowIn('delivered', { attempts: 1 }), 1, FORCED, 0],
  ])('is that an effect may be there already: %s', async (_name, row, version, trigger, waitMs) => {
    expect((await contextOf(row, version, trigger, waitMs)).mayHaveEffect).toBe(true)
  })
})

describe('the report of an attempt', () => {
  test('is one for each call, with the row as it was settled', async () => {
    const { reports } = await contextOf(undefined)
    expect(reports).toMatchObject([
      {
        trigger: PUSH,
        settled: true,
        outcome: { kind: 'delivered' },
        row: { state: 'delivered', version: 1 },
      },
    ])
  })
})
