import { LEASE_MS } from '../../src/model/budget.ts'
import { createPark } from '../../src/park/park.ts'
import { createTestClock, createTestIds, KEY, rowIn } from '../../src/testing/samples.ts'
import { createTestLedger, type Fault } from '../support.ts'

const setUp = (...faults: Fault[]) => {
  const clock = createTestClock()
  const ledger = createTestLedger(clock)
  ledger.faults.push(...faults)
  const park = createPark({ ledger, clock, ids: createTestIds() })
  return { clock, ledger, run: (version = 1) => park(KEY, version) }
}

describe('a dead letter', () => {
  test('without a row is parked and done', async () => {
    const { ledger, run } = setUp()
    expect(await run()).toBe(true)
    expect(ledger.rowOf()).toMatchObject({ state: 'parked', version: 1, token: 'id-1' })
    expect(ledger.calls).toEqual(['read', 'create'])
  })

  test('of a retrying row is parked and done; again, it is done without a write', async () => {
    const { ledger, run } = setUp()
    ledger.put(rowIn('retrying'))
    expect(await run()).toBe(true)
    const parked = ledger.rowOf()
    expect(parked?.state).toBe('parked')
    expect(await run()).toBe(true)
    expect(ledger.rowOf()).toBe(parked)
    expect(ledger.calls).toEqual(['read', 'replace', 'read'])
  })

  test.each(['delivered', 'parked'] as const)('of a row that is %s writes nothing', async (state) => {
    const { ledger, run } = setUp()
    const row = rowIn(state, { parkedAt: 1 })
    ledger.put(row)
    expect(await run()).toBe(true)
    expect(ledger.rowOf()).toBe(row)
  })

  test('under a live lease comes again until the lease has ended', async () => {
    const { clock, ledger, run } = setUp()
    const leased = rowIn('delivering')
    ledger.put(leased)
    clock.advance(LEASE_MS - 1)
    expect(await run()).toBe(false)
    expect(ledger.rowOf()).toBe(leased)
    clock.advance(1)
    expect(await run()).toBe(true)
    expect(ledger.rowOf()?.state).toBe('parked')
  })

  test('twice at once leaves one parked row, and one of them comes again', async () => {
    const { ledger, run } = setUp()
    const done = await Promise.all([run(), run()])
    expect(done.filter(Boolean)).toHaveLength(1)
    expect(ledger.rowOf()?.state).toBe('parked')
    expect(await run()).toBe(true)
  })

  test('whose answer was lost comes again and is done', async () => {
    const { ledger, run } = setUp('refused-but-written')
    expect(await run()).toBe(false)
    expect(await run()).toBe(true)
    expect(ledger.rowOf()).toMatchObject({ state: 'parked', token: 'id-1' })
  })

  test('is never done where the ledger is away', async () => {
    const { run } = setUp('throws')
    await expect(run()).rejects.toThrow('the store is away')
  })
})
