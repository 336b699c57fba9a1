import type { DeliveryTrigger } from '../../src/model/delivery-row.ts'
import type { Outcome } from '../../src/deliver/outcome.ts'
import { createSettle } from '../../src/deliver/settle.ts'
import { createTestClock, rowIn, SETTINGS } from '../../src/testing/samples.ts'
import { createTestLedger, type Fault } from '../support.ts'

const PUSH: DeliveryTrigger = { kind: 'push' }
const DELIVERED: Outcome = { kind: 'delivered' }
const FAILED: Outcome = { kind: 'transient', cause: 'http-503', message: 'Answered 503' }

const setUp = (...faults: Fault[]) => {
  const clock = createTestClock()
  const ledger = createTestLedger(clock)
  const row = rowIn('delivering', { token: 'mine', attempts: 1, lastAttemptAt: clock.now() })
  const revision = ledger.put(row)
  ledger.faults.push(...faults)
  const settle = createSettle({ settings: SETTINGS, ledger, clock })
  const run = (outcome: Outcome = DELIVERED) => settle({ row, revision, takenOver: false }, outcome, PUSH, 5)
  return { ledger, run }
}

describe('a settle that is confirmed', () => {
  test('is one write and no read, and acknowledges a success', async () => {
    const { ledger, run } = setUp()
    expect(await run()).toMatchObject({ ack: true, settled: true, row: { state: 'delivered' } })
    expect(ledger.calls).toEqual(['replace'])
    expect(ledger.rowOf()?.state).toBe('delivered')
  })

  test('does not acknowledge a failure', async () => {
    const { ledger, run } = setUp()
    expect(await run(FAILED)).toMatchObject({ ack: false, settled: true })
    expect(ledger.rowOf()?.state).toBe('retrying')
  })
})

describe('a settle that is not confirmed', () => {
  test.each<Fault[]>([['refused'], ['throws', 'throws'], ['throws', 'refused']])(
    'and was not written (%s %s) acknowledges nothing',
    async (...faults) => {
      const { ledger, run } = setUp(...faults)
      expect(await run()).toMatchObject({ ack: false, settled: false })
      expect(ledger.rowOf()?.state).toBe('delivering')
    },
  )

  test('because the first write of a success threw is tried once more: the effect is there already', async () => {
    const { ledger, run } = setUp('throws')
    expect(await run()).toMatchObject({ ack: true, settled: true })
    expect(ledger.calls).toEqual(['replace', 'replace'])
    expect(ledger.rowOf()?.state).toBe('delivered')
  })

  test.each<[string, Fault, Outcome]>([
    ['a refused write: somebody else holds the row', 'refused', DELIVERED],
    ['a failure: nothing is lost with it', 'throws', FAILED],
  ])('is not tried again after %s', async (_what, fault, outcome) => {
    const { ledger, run } = setUp(fault)
    expect(await run(outcome)).toMatchObject({ ack: false, settled: false })
    expect(ledger.calls).toEqual(['replace', 'read'])
  })

  test.each<[Fault, string[]]>([
    ['throws-but-written', ['replace', 'replace', 'read']],
    ['refused-but-written', ['replace', 'read']],
  ])('but was written (%s) is recognized by its token', async (fault, calls) => {
    const success = setUp(fault)
    expect(await success.run()).toMatchObject({ ack: true, settled: true })
    expect(success.ledger.calls).toEqual(calls)
    const failure = setUp(fault)
    expect(await failure.run(FAILED)).toMatchObject({ ack: false, settled: true })
  })

  test.each(['delivering', 'retrying', 'delivered'] as const)(
    'because the lease was lost to a row that is %s by now acknowledges nothing',
    async (state) => {
      const { ledger, run } = setUp()
      const theirs = rowIn(state, { token: 'theirs' })
      ledger.put(theirs)
      expect(await run()).toMatchObject({ ack: false, settled: false })
      expect(ledger.rowOf()).toEqual(theirs)
    },
  )

  test('throws where the ledger cannot be asked either', async () => {
    const clock = createTestClock()
    const ledger = createTestLedger(clock)
    ledger.faults.push('throws', 'throws')
    const away = { ...ledger, read: () => Promise.reject(new Error('away')) }
    const settle = createSettle({ settings: SETTINGS, ledger: away, clock })
    const row = rowIn('delivering')
    await expect(settle({ row, revision: '1', takenOver: false }, DELIVERED, PUSH, 5)).rejects.toThrow('away')
  })
})
