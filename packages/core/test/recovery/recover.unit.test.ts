import type { RecoveryState } from '../../src/model/recovery-state.ts'
import type { DistributionCenterEvent } from '@mensageria/contracts'
import type { DeliverResult } from '../../src/deliver/deliver.ts'
import type { DeliveryTrigger } from '../../src/model/delivery-row.ts'
import { createRateBudgets } from '../../src/recovery/rate-budget.ts'
import { createRecover } from '../../src/recovery/recover.ts'
import { centerOf, createTestClock, createTestIds, NOW, rowIn, SETTINGS } from '../../src/testing/samples.ts'
import { createTestLedger } from '../support.ts'

const EVERYTHING = { now: Number.POSITIVE_INFINITY, latest: Number.POSITIVE_INFINITY }

type Result = DeliverResult['result']
type Sent = { centerId: string; trigger: DeliveryTrigger['kind']; at: number }

const { recovery } = SETTINGS
const isFailure = (result: Result) => ['transient', 'misconfigured', 'unknown'].includes(result)
const RAMP: RecoveryState = { phase: 'ramp', window: 8, nextAt: NOW, since: NOW }

// The integration as the sweeper sees it: it changes its row as a real one would, and answers how it went.
const setUp = (
  answer: (centerId: string, at: number) => Result = () => 'delivered',
  onCenterRead = () => {},
) => {
  const clock = createTestClock()
  const ledger = createTestLedger(clock)
  const sent: Sent[] = []
  const windows: number[] = []
  const due: typeof ledger.due = async (...args) => {
    windows.push(0)
    return ledger.due(...args)
  }
  const budgets = createRateBudgets(clock)
  const recover = createRecover({
    clock,
    ids: createTestIds(),
    budgets,
    centers: {
      read: async (centerId) => {
        onCenterRead()
        return { center: centerOf(1, centerId), requestId: 'r', revision: '1', traceparent: undefined }
      },
    },
    ledger: { ...ledger, due },
    handOver: async (integration, event: DistributionCenterEvent, trigger) => {
      windows.push((windows.pop() ?? 0) + 1)
      const centerId = event.subject
      sent.push({ centerId, trigger: trigger.kind, at: clock.now() })
      const result = answer(centerId, clock.now())
      const fields = { centerId, dueAt: clock.now() + recovery.maxIntervalMs }
      if (result === 'delivered') ledger.put({ ...rowIn('delivered'), integration, centerId })
      if (result === 'rejected') ledger.put({ ...rowIn('rejected'), integration, centerId })
      if (isFailure(result)) ledger.put({ ...rowIn('parked', fields), integration })
      return { ack: result === 'delivered', result }
    },
  })
  const park = (centerId: string, dueAt = NOW) => ledger.put({ ...rowIn('parked', { dueAt }), centerId })
  const parkMany = (count: number) => {
    for (let index = 0; index < count; index++) park(`c-${index}`, NOW - count + index)
  }
  const run = (state?: RecoveryState, missing: string[] = [], deadline = 50_000, settings = SETTINGS) =>
    recover(settings, state, missing, deadline)
  const sizes = () => windows.filter((size) => size > 0)
  return { clock, ledger, sent, sizes, park, parkMany, run, budgets }
}

describe('the backlog of a system that is back', () => {
  test('is handed over in windows of 1, 1, 2, 4, 8 ... up to the cap, until nothing is due', async () => {
    const { ledger, sizes, parkMany, run } = setUp()
    parkMany(60)
    const recovered = await run()
    expect(sizes()).toEqual([1, 1, 2, 4, 8, 16, 16, 12])
    expect(recovered).toMatchObject({ succeeded: 60, failed: 0, state: { phase: 'ramp' } })
    expect(await ledger.due('maas', EVERYTHING, 100)).toEqual([])
  })

  test('goes out at no more than the rate', async () => {
    const { sent, parkMany, run } = setUp()
    parkMany(60)
    await run()
    // 200 a second: nothing but the last window may go beyond what the time since the start allows.
    const elapsedMs = (sent.at(-1)?.at ?? 0) - NOW
    expect(elapsedMs).toBeGreaterThanOrEqual(((60 - recovery.windowMax) / recovery.ratePerSecond) * 1_000 - 1)
  })

  test('waits for what a redrive has spent of the rate', async () => {
    const { sent, park, run, budgets } = setUp()
    park('a')
    budgets.take(SETTINGS, 100)
    await run()
    expect(sent.map(({ at }) => at)).toEqual([NOW + 500])
  })

  test('begins with the row that is due longest', async () => {
    const { sent, park, run } = setUp()
    park('young', NOW - 1)
    park('old', NOW - 9)
    park('later', NOW + 600_000)
    await run()
    expect(sent.map(({ centerId }) => centerId)).toEqual(['old', 'young'])
  })

  test('starts at one by a fresh delivery, without a canary', async () => {
    const { clock, ledger, sizes, parkMany, run } = setUp()
    ledger.put({ ...rowIn('delivered'), centerId: 'fresh' })
    clock.advance(1)
    parkMany(3)
    await run({ phase: 'canary', gapMs: 600_000, nextAt: NOW + 600_000, since: NOW - 1 })
    expect(sizes()).toEqual([1, 2])
  })
})

describe('the backlog of a system that is down', () => {
  test('is tried one at a time, a different one each, with growing gaps', async () => {
    const { sent, parkMany, run } = setUp(() => 'transient')
    parkMany(20)
    const { state, failed } = await run(undefined, [], 1_000_000)
    expect(sent.map(({ at }) => (at - NOW) / 60_000)).toEqual([0, 1, 3, 7, 15])
    expect(new Set(sent.map(({ centerId }) => centerId)).size).toBe(5)
    expect(failed).toBe(5)
    expect(state).toMatchObject({ phase: 'canary', gapMs: 600_000 })
  })

  test('comes back by itself when the system does, sweep by sweep', async () => {
    const back = NOW + 200_000
    const { clock, ledger, sent, parkMany, run } = setUp((_id, at) => (at < back ? 'unknown' : 'delivered'))
    parkMany(20)
    let state: RecoveryState | undefined
    for (let minute = 0; minute < 15; minute++) {
      state = (await run(state, [], clock.monotonic() + 50_000)).state
      clock.advance(NOW + (minute + 1) * 60_000 - clock.now())
    }
    expect(sent.filter(({ at }) => at < back)).toHaveLength(3)
    expect(await ledger.due('maas', EVERYTHING, 100)).toEqual([])
  })

  test('waits for the next sweep where the gap ends after the deadline', async () => {
    const { clock, sent, parkMany, run } = setUp(() => 'transient')
    parkMany(3)
    const first = await run(undefined, [], 50_000)
    expect(sent).toHaveLength(1)
    expect(clock.monotonic()).toBe(0)
    clock.advance(59_999)
    await run(first.state, [], 59_999 + 1)
    expect(sent).toHaveLength(1)
    clock.advance(1)
    await run(first.state, [], 110_000)
    expect(sent).toHaveLength(2)
  })
})

describe('rows that fail while others do not', () => {
  test('do not hold the others back', async () => {
    const { ledger, sent, parkMany, run } = setUp((id) => (/^c-[0-9]$/.test(id) ? 'transient' : 'delivered'))
    parkMany(100)
    const { succeeded } = await run(RAMP, [], 3_600_000)
    expect(succeeded).toBe(90)
    expect(sent.filter(({ centerId }) => centerId === 'c-99')).toHaveLength(1)
    expect(await ledger.due('maas', EVERYTHING, 100)).toHaveLength(10)
  })

  test('because their data is refused do not close the window: the system answers', async () => {
    const { sizes, parkMany, run } = setUp(() => 'rejected')
    parkMany(7)
    expect((await run()).state.phase).toBe('ramp')
    expect(sizes()).toEqual([1, 1, 2, 3])
  })

  test('take the window back to the canary where they are more than half', async () => {
    const { sizes, parkMany, run } = setUp((id) => (id < 'c-5' ? 'transient' : 'delivered'))
    parkMany(8)
    expect((await run(RAMP)).state).toMatchObject({ phase: 'canary', gapMs: recovery.minIntervalMs })
    expect(sizes()).toEqual([8])
  })
})

describe('rows that could not be tried', () => {
  test.each(['held', 'busy', 'already-rejected', 'lease-lost', 'duplicate', 'superseded'] as const)(
    'are postponed, so that the next canary is another one: %s',
    async (result) => {
      const { ledger, sent, park, run } = setUp((id) => (id === 'stuck' ? result : 'delivered'))
      park('stuck', NOW - 9)
      park('next', NOW - 1)
      await run(undefined, [], 70_000)
      expect(sent.map(({ centerId }) => centerId)).toEqual(['stuck', 'next'])
      expect(ledger.rowOf({ integration: 'maas', centerId: 'stuck' })).toMatchObject({
        state: 'parked',
        dueAt: NOW + recovery.maxIntervalMs,
      })
    },
  )
})

describe('the centers that an integration lacks', () => {
  test('are handed over to reconcile, after the due rows, in the same windows', async () => {
    const { sent, sizes, park, run } = setUp()
    park('due')
    await run(undefined, ['a', 'b', 'c'])
    expect(sent.map(({ centerId, trigger }) => [centerId, trigger])).toEqual([
      ['due', 'recovery'],
      ['a', 'reconcile'],
      ['b', 'reconcile'],
      ['c', 'reconcile'],
    ])
    expect(sizes()).toEqual([1, 1, 2])
  })

  test('are a canary like any other while the system is down, and only that one was tried', async () => {
    const { sent, run } = setUp(() => 'transient')
    const { reconciled } = await run(undefined, ['a', 'b', 'c'])
    expect(sent.map(({ centerId }) => centerId)).toEqual(['a'])
    expect(reconciled).toEqual(['a'])
  })

  test('are handed over in later windows where they do not fit the first', async () => {
    const { sizes, run } = setUp()
    const lacking = Array.from({ length: 20 }, (_, index) => `c-${index}`)
    expect((await run(undefined, lacking)).reconciled).toEqual(lacking)
    expect(sizes()).toEqual([1, 1, 2, 4, 8, 4])
  })

  test('are handed over once, however often they are named and also where their row is due', async () => {
    const { sent, park, run } = setUp()
    park('b')
    expect((await run(RAMP, ['a', 'b', 'a'])).reconciled).toEqual(['a', 'b', 'a'])
    expect(sent.map(({ centerId, trigger }) => [centerId, trigger])).toEqual([
      ['b', 'recovery'],
      ['a', 'reconcile'],
    ])
  })
})

describe('the deadline', () => {
  test('makes a window no larger than what the rate lets begin before it, so that the next sweep need not wait', async () => {
    const { budgets, sizes, parkMany, run } = setUp()
    parkMany(1_000)
    const wide = { ...SETTINGS, recovery: { ...recovery, windowMax: 1_000 } }
    await run({ ...RAMP, window: 1_000 }, [], 1_000, wide)
    expect(sizes()).toEqual([recovery.ratePerSecond])
    // The last turn of the window is not paid off yet, and no other.
    expect(budgets.waitMs(wide)).toBeLessThanOrEqual(50)
  })

  test('begins no window once it is there', async () => {
    const { clock, sent, parkMany, run } = setUp()
    parkMany(3)
    clock.advance(50_000)
    await run(undefined, ['a'], 50_000)
    expect(sent).toEqual([])
  })

  test('ends a window where it is, and the next sweep goes on with what was not tried', async () => {
    const { clock, sent, sizes, parkMany, run } = setUp(() => {
      clock.advance(1_000)
      return 'delivered'
    })
    parkMany(40)
    const { state } = await run(undefined, [], 7_000)
    expect(sizes()).toEqual([1, 1, 2, 3])
    expect(sent.filter(({ at }) => at >= NOW + 7_000)).toEqual([])
    expect(state).toMatchObject({ phase: 'ramp', window: 8 })
    await run(state, [], clock.monotonic() + 1_000)
    expect(sizes()).toEqual([1, 1, 2, 3, 1])
    expect(new Set(sent.map(({ centerId }) => centerId)).size).toBe(8)
  })

  test('that comes before the first hand-over of a window teaches nothing', async () => {
    const slow = setUp(undefined, () => slow.clock.advance(50_000))
    slow.parkMany(3)
    const { state, reconciled } = await slow.run(RAMP, ['a'])
    expect(slow.sent).toEqual([])
    expect(state).toEqual(RAMP)
    expect(reconciled).toEqual([])
  })
})
