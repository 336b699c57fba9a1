import { LEASE_MS } from '../../src/model/budget.ts'
import { createClaim } from '../../src/deliver/claim.ts'
import type { DeliveryTrigger } from '../../src/model/delivery-row.ts'
import { createTestClock, createTestIds, eventOf, rowIn, SETTINGS } from '../../src/testing/samples.ts'
import { createTestLedger } from '../support.ts'

const PUSH: DeliveryTrigger = { kind: 'push' }

const setUp = ({ paused = false, unreadable = false } = {}) => {
  const clock = createTestClock()
  const ledger = createTestLedger(clock)
  const claim = createClaim({
    settings: SETTINGS,
    ledger: unreadable ? { ...ledger, read: () => Promise.reject(new Error('unreadable')) } : ledger,
    clock,
    ids: createTestIds(),
    isPaused: () => paused,
  })
  return { clock, ledger, claim }
}

describe('a claim', () => {
  test('of a first version is one write and no read', async () => {
    const { ledger, claim } = setUp()
    const result = await claim(eventOf(), PUSH)
    expect(result).toMatchObject({ decision: 'claimed', claim: { revision: '1', takenOver: false } })
    expect(ledger.calls).toEqual(['create'])
    expect(ledger.rowOf()).toMatchObject({ state: 'delivering', version: 1, token: 'id-1' })
  })

  test.each<[number, DeliveryTrigger]>([
    [2, PUSH],
    [1, { kind: 'recovery' }],
    [1, { kind: 'reconcile' }],
  ])('of version %i by %o reads first: it has a row as a rule', async (version, trigger) => {
    const { ledger, claim } = setUp()
    ledger.put(rowIn('parked'))
    expect((await claim(eventOf(version), trigger)).decision).toBe('claimed')
    expect(ledger.calls).toEqual(['read', 'replace'])
  })

  test('of a duplicate is one failed write and one read', async () => {
    const { ledger, claim } = setUp()
    ledger.put(rowIn('delivered'))
    expect(await claim(eventOf(), PUSH)).toEqual({ decision: 'duplicate' })
    expect(ledger.calls).toEqual(['create', 'read'])
  })

  test('writes nothing while paused', async () => {
    const { ledger, claim } = setUp({ paused: true })
    expect(await claim(eventOf(), PUSH)).toEqual({ decision: 'held' })
    expect(ledger.rowOf()).toBeUndefined()
  })

  test('finds a live lease busy, and takes it over once it is old', async () => {
    const { clock, ledger, claim } = setUp()
    await claim(eventOf(), PUSH)
    clock.advance(LEASE_MS - 1)
    expect(await claim(eventOf(), PUSH)).toEqual({ decision: 'busy' })
    clock.advance(1)
    expect(await claim(eventOf(), PUSH)).toMatchObject({ decision: 'claimed', claim: { takenOver: true } })
    expect(ledger.rowOf()).toMatchObject({ token: 'id-3', attempts: 2 })
  })
})

describe('a claim that loses a race', () => {
  test('is busy: the winner holds the lease', async () => {
    const { claim } = setUp()
    const results = await Promise.all(Array.from({ length: 10 }, () => claim(eventOf(), PUSH)))
    const decisions = results.map(({ decision }) => decision)
    expect(decisions.filter((decision) => decision === 'claimed')).toHaveLength(1)
    expect(decisions.filter((decision) => decision === 'busy')).toHaveLength(9)
  })

  test('again and again is busy in the end, and holds nothing', async () => {
    const { ledger, claim } = setUp()
    ledger.put(rowIn('parked'))
    ledger.faults.push('refused', 'refused', 'refused', 'refused', 'refused')
    expect(await claim(eventOf(), PUSH)).toEqual({ decision: 'busy' })
    expect(ledger.rowOf()?.state).toBe('parked')
  })
})

describe('a claim whose write seems to have failed', () => {
  test.each(['refused-but-written', 'throws-but-written'] as const)(
    'recognizes its own new row by the token: %s',
    async (fault) => {
      const { ledger, claim } = setUp()
      ledger.faults.push(fault)
      const result = await claim(eventOf(), PUSH)
      expect(result).toMatchObject({ decision: 'claimed', claim: { revision: '1', row: { attempts: 1 } } })
      expect(ledger.calls).toEqual(['create', 'read'])
    },
  )

  test.each(['refused-but-written', 'throws-but-written'] as const)(
    'recognizes its own change of a row by the token: %s',
    async (fault) => {
      const { ledger, claim } = setUp()
      ledger.put(rowIn('retrying', { attempts: 4 }))
      ledger.faults.push('refused', fault)
      const result = await claim(eventOf(), PUSH)
      expect(result).toMatchObject({ decision: 'claimed', claim: { revision: '2', row: { attempts: 5 } } })
      expect(ledger.calls).toEqual(['create', 'read', 'replace', 'read'])
    },
  )

  test('throws what the write threw where the row is somebody else’s, and holds nothing', async () => {
    const { ledger, claim } = setUp()
    const theirs = rowIn('delivering', { token: 'theirs' })
    ledger.put(theirs)
    ledger.faults.push('throws')
    await expect(claim(eventOf(), PUSH)).rejects.toThrow('the store is away')
    expect(ledger.rowOf()).toEqual(theirs)
  })

  test('throws what the write threw where the row cannot be read either', async () => {
    const { ledger, claim } = setUp({ unreadable: true })
    ledger.faults.push('throws-but-written')
    await expect(claim(eventOf(), PUSH)).rejects.toThrow('the answer was lost')
  })

  test('throws where the ledger is away: no lease, no call', async () => {
    const { ledger, claim } = setUp()
    ledger.faults.push('throws')
    await expect(claim(eventOf(), PUSH)).rejects.toThrow('the store is away')
    expect(ledger.rowOf()).toBeUndefined()
  })
})
