import type { FailureGroup } from '@mensageria/contracts/browser'
import { outageSince } from './outage-since.ts'

const at = (minute: number): string => new Date(Date.UTC(2026, 10, 2, 12, minute)).toISOString()
const group = (parts: Partial<FailureGroup>): FailureGroup => ({
  integration: 'maas',
  kind: 'transient',
  cause: 'http-503',
  count: 1,
  firstAt: at(10),
  lastAt: at(20),
  sample: { centerId: 'x', message: 'x' },
  ...parts,
})

test('an outage began with the first failure of those that are open', () => {
  const groups = [group({ firstAt: at(12) }), group({ cause: 'timeout', kind: 'unknown' })]
  expect(outageSince({ name: 'maas' }, groups)).toBe(Date.parse(at(10)))
})

test('but not before the last success', () => {
  expect(outageSince({ name: 'maas', lastSuccessAt: at(15) }, [group({})])).toBe(Date.parse(at(15)))
})

test.each([
  ['rejected data', group({ kind: 'rejected' })],
  ['what was kept without a call', group({ kind: 'held' })],
  ['a failure of another integration', group({ integration: 'dmitri' })],
])('%s is no outage', (_name, one) => {
  expect(outageSince({ name: 'maas' }, [one])).toBeUndefined()
})
