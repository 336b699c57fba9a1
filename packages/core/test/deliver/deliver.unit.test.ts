import { LATEST_CALL_START_MS, LEASE_MS } from '../../src/model/budget.ts'
import type { CallContext, ExternalCall } from '../../src/deliver/call.ts'
import { createDeliver, type AttemptReport } from '../../src/deliver/deliver.ts'
import type { DeliveryTrigger } from '../../src/model/delivery-row.ts'
import type { Outcome } from '../../src/deliver/outcome.ts'
import { createTestClock, createTestIds, eventOf, rowIn, SETTINGS } from '../../src/testing/samples.ts'
import { createTestLedger } from '../support.ts'

const PUSH: DeliveryTrigger = { kind: 'push' }
const FAILED: Outcome = { kind: 'transient', cause: 'http-503', message: 'Answered 503' }

const setUp = (
  answer: ExternalCall = async () => ({ kind: 'delivered' }),
  onPausedLook = () => {},
  onReport = () => {},
) => {
  const clock = createTestClock()
  const ledger = createTestLedger(clock)
  const calls: CallContext[] = []
  const reports: AttemptReport[] = []
  const deliver = createDeliver({
    settings: SETTINGS,
    ledger,
    clock,
    ids: createTestIds(),
    isPaused: () => {
      onPausedLook()
      return false
    },
    call: (event, context) => {
      calls.push(context)
      return answer(event, context)
    },
    onAttempt: (report) => {
      reports.push(report)
      onReport()
    },
  })
  const { signal } = new AbortController()
  const push = (version = 1, trigger = PUSH) => deliver(eventOf(version), trigger, signal)
  return { clock, ledger, calls, reports, push, signal }
}

describe('a delivery that succeeds', () => {
  test('costs two ledger writes and no read', async () => {
    const { ledger, calls, push } = setUp()
    expect(await push()).toEqual({ ack: true, result: 'delivered' })
    expect(ledger.calls).toEqual(['create', 'replace'])
    expect(ledger.rowOf()).toMatchObject({ state: 'delivered', deliveredVersion: 1 })
    expect(calls).toHaveLength(1)
  })

  test('is called once, however often the message comes; again, it costs one failed write and one read', async () => {
    const { ledger, calls, push } = setUp()
    await push()
    ledger.forgetCalls()
    expect(await push()).toEqual({ ack: true, result: 'duplicate' })
    expect(ledger.calls).toEqual(['create', 'read'])
    expect(calls).toHaveLength(1)
  })

  test('is called once when ten messages come at the same time; the others come again', async () => {
    const { calls, push } = setUp()
    const results = await Promise.all(Array.from({ length: 10 }, () => push()))
    expect(calls).toHaveLength(1)
    expect(results.filter(({ ack }) => ack)).toEqual([{ ack: true, result: 'delivered' }])
  })

  test('has its lease in the ledger before it calls, and is not in the ledger before it has called', async () => {
    const states: unknown[] = []
    const { ledger, push } = setUp(async () => {
      states.push(ledger.rowOf()?.state)
      return { kind: 'delivered' }
    })
    await push()
    expect(states).toEqual(['delivering'])
  })

  test('is acknowledged although the report of it fails', async () => {
    const { ledger, push } = setUp(undefined, undefined, () => {
      throw new Error('the log is full')
    })
    expect(await push()).toEqual({ ack: true, result: 'delivered' })
    expect(ledger.rowOf()?.state).toBe('delivered')
  })

  test('acknowledges an older version without a call', async () => {
    const { calls, push } = setUp()
    await push(2)
    expect(await push(1)).toEqual({ ack: true, result: 'superseded' })
    expect(calls).toHaveLength(1)
  })
})

describe('a delivery that does not succeed', () => {
  test.each<[Outcome, string]>([
    [FAILED, 'retrying'],
    [{ ...FAILED, kind: 'misconfigured' }, 'retrying'],
    [{ ...FAILED, kind: 'unknown' }, 'retrying'],
    [{ ...FAILED, kind: 'rejected' }, 'rejected'],
  ])('is not acknowledged: %o', async (outcome, state) => {
    const { ledger, push } = setUp(async () => outcome)
    expect(await push()).toEqual({ ack: false, result: outcome.kind })
    expect(ledger.rowOf()?.state).toBe(state)
  })

  test('defect 18: what a system says is stored and told without its control characters', async () => {
    const evil = 'no\u001B]0;owned\u0007\u202E\u009B2J'
    const plain = 'no\uFFFD]0;owned\uFFFD\uFFFD\uFFFD2J'
    const { ledger, reports, push } = setUp(async () => ({ ...FAILED, cause: evil, message: evil }))
    await push()
    expect(ledger.rowOf()).toMatchObject({
      lastFailure: { cause: plain, message: plain },
      history: [{ cause: plain }],
    })
    expect(reports).toMatchObject([{ outcome: { cause: plain, message: plain } }])
    const threw = setUp(async () => {
      throw new Error(evil)
    })
    await threw.push()
    expect(threw.ledger.rowOf()?.lastFailure?.message).toBe(plain)
    const named = setUp(async () => ({ kind: 'delivered', externalId: evil }))
    await named.push()
    expect(named.ledger.rowOf()?.externalId).toBe(plain)
  })

  test('because the call threw is in doubt, named a defect, and comes again', async () => {
    const { ledger, push } = setUp(async () => {
      throw new Error('undefined is not a function')
    })
    expect(await push()).toEqual({ ack: false, result: 'unknown' })
    expect(ledger.rowOf()).toMatchObject({
      state: 'retrying',
      inDoubtMs: LEASE_MS,
      lastFailure: { kind: 'unknown', cause: 'defect', message: 'undefined is not a function' },
    })
  })

  test('because the call threw a long text keeps a part that can be stored anywhere', async () => {
    const { ledger, push } = setUp(async () => {
      throw new Error(`${'y'.repeat(299)}😀`)
    })
    await push()
    expect(ledger.rowOf()?.lastFailure?.message).toBe('y'.repeat(299))
  })

  test.each(['rejected', 'delivering'] as const)('because the row is %s makes no call', async (state) => {
    const { ledger, calls, push } = setUp()
    ledger.put(rowIn(state))
    expect((await push()).ack).toBe(false)
    expect(calls).toEqual([])
  })

  test('because its end was not written is not acknowledged', async () => {
    const { ledger, push } = setUp(async () => {
      ledger.faults.push('throws', 'throws')
      return { kind: 'delivered' }
    })
    expect(await push()).toEqual({ ack: false, result: 'lease-lost' })
  })

  test('throws where no lease could be written, and makes no call', async () => {
    const { ledger, calls, push } = setUp()
    ledger.faults.push('throws')
    await expect(push()).rejects.toThrow('the store is away')
    expect(calls).toEqual([])
  })
})

describe('a process that was frozen since its claim', () => {
  test('does not call when its lease could end before the call does', async () => {
    const frozen = setUp(undefined, () => frozen.clock.advance(LATEST_CALL_START_MS + 1))
    expect(await frozen.push()).toEqual({ ack: false, result: 'lease-lost' })
    expect(frozen.calls).toEqual([])
    expect(frozen.reports).toEqual([])
    expect(frozen.ledger.rowOf()?.state).toBe('delivering')
  })

  test('calls while there is time for the whole call', async () => {
    const slow = setUp(undefined, () => slow.clock.advance(LATEST_CALL_START_MS))
    expect((await slow.push()).result).toBe('delivered')
  })
})
