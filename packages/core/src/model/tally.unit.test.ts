import { decideClaim } from '../deliver/decide-claim.ts'
import { decideSettle } from '../deliver/decide-settle.ts'
import type { Outcome } from '../deliver/outcome.ts'
import type { DeliveryTrigger, DeliveryRow } from './delivery-row.ts'
import { decidePark } from '../park/decide-park.ts'
import { KEY, NOW, rowIn, SETTINGS } from '../testing/samples.ts'

const { retry, recovery } = SETTINGS
const PUSH: DeliveryTrigger = { kind: 'push' }
const FORCED: DeliveryTrigger = { kind: 'redrive', id: 'r-1', force: true }
const AWAY: Outcome = { kind: 'transient', cause: 'http-503', message: 'Answered 503' }

// Longer than any lease or doubt, so that each step may be taken.
const seen = (row: DeliveryRow | undefined) => row && { row, ageMs: Infinity }

const attempt = (
  row: DeliveryRow | undefined,
  version: number,
  trigger: DeliveryTrigger,
  outcome: Outcome,
): DeliveryRow => {
  const claimed = decideClaim(
    seen(row),
    { ...KEY, version, trigger },
    { now: NOW, token: 't', paused: false, retry },
  )
  if (claimed.decision !== 'claimed') throw new Error(claimed.decision)
  return decideSettle(claimed.row, outcome, trigger, { now: NOW, tookMs: 5, retry, recovery }).row
}
const deliver = (row: DeliveryRow | undefined, version = 1, trigger: DeliveryTrigger = PUSH) =>
  attempt(row, version, trigger, { kind: 'delivered' })

const park = (row: DeliveryRow | undefined, version: number): DeliveryRow => {
  const decided = decidePark(seen(row), { ...KEY, version }, { now: NOW, token: 't' })
  if (decided.decision !== 'park') throw new Error(decided.decision)
  return decided.row
}

describe('the tally of a row', () => {
  test.each<DeliveryTrigger>([
    { kind: 'push' },
    { kind: 'recovery' },
    { kind: 'reconcile' },
    { ...FORCED, force: false },
  ])('counts a version that is delivered by who brought it: %p', (trigger) => {
    const failed = attempt(undefined, 1, PUSH, AWAY)
    expect(failed).not.toHaveProperty('tally')
    expect(deliver(failed, 1, trigger).tally).toEqual({ [trigger.kind]: 1 })
  })

  test('counts each version, whatever became of those before', () => {
    const row = deliver(deliver(deliver(undefined), 2), 3, { kind: 'recovery' })
    expect(row.tally).toEqual({ push: 2, recovery: 1 })
  })

  test('counts what a newer version took the place of, at the claim and at the dead letter', () => {
    const failed = attempt(undefined, 1, PUSH, AWAY)
    expect(deliver(failed, 3).tally).toEqual({ superseded: 2, push: 1 })
    expect(park(failed, 2).tally).toEqual({ superseded: 1 })
    expect(deliver(undefined, 4).tally).toEqual({ superseded: 3, push: 1 })
    expect(park(undefined, 2).tally).toEqual({ superseded: 1 })
  })

  test('does not count as superseded what was delivered', () => {
    expect(deliver(deliver(undefined), 2).tally).toEqual({ push: 2 })
    expect(deliver(deliver(undefined), 4).tally).toEqual({ push: 2, superseded: 2 })
    const failedAgain = attempt(deliver(undefined), 1, FORCED, AWAY)
    expect(deliver(failedAgain, 2).tally).toEqual({ push: 2 })
  })

  test('counts a version once, however often a person has it sent', () => {
    expect(deliver(deliver(undefined), 1, FORCED).tally).toEqual({ push: 1 })
  })

  test('goes on from a row of an earlier release, which had none', () => {
    expect(deliver(rowIn('delivered'), 2).tally).toEqual({ push: 1 })
    expect(deliver(rowIn('parked'), 2).tally).toEqual({ superseded: 1, push: 1 })
  })
})
