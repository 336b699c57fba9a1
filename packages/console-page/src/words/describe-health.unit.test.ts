import type { Integration } from '@mensageria/contracts/browser'
import { describeHealth, waitingCount } from './describe-health.ts'

const NOW = Date.parse('2026-11-02T12:00:00.000Z')
const ago = (ms: number): string => new Date(NOW - ms).toISOString()
const MINUTE_MS = 60_000

const integration = (parts: Partial<Integration> = {}): Integration => ({
  name: 'dmitri',
  displayName: 'Dmitri',
  kind: 'code',
  health: 'healthy',
  counts: { waiting: 0, delivering: 0, retrying: 0, parked: 0, rejected: 0, delivered: 10 },
  horizonHours: 15.7,
  asOf: ago(0),
  ...parts,
})
const backlog = { waiting: 1, delivering: 2, retrying: 4, parked: 30, rejected: 0, delivered: 10 }

test('one that is down says for how long, how many wait, and when it is tried next', () => {
  const recovery = { phase: 'canary' as const, window: 1, nextAt: ago(-40_000) }
  const down = integration({ health: 'down', counts: backlog, recovery })
  expect(describeHealth(down, NOW - 12 * MINUTE_MS, NOW)).toEqual([
    { key: 'down', ms: 12 * MINUTE_MS },
    { key: 'waiting', count: 37 },
    { key: 'nextIn', ms: 40_000 },
  ])
})

test('an attempt that is due says so, and an outage of unknown age gives no age', () => {
  const recovery = { phase: 'canary' as const, window: 1, nextAt: ago(5000) }
  const facts = describeHealth(integration({ health: 'down', counts: backlog, recovery }), undefined, NOW)
  expect(facts.map(({ key }) => key)).toEqual(['down', 'waiting', 'nextSoon'])
})

test('a paused one says who paused it, when and why', () => {
  const paused = { by: 'ana', at: ago(MINUTE_MS), reason: 'chamado 12' }
  expect(describeHealth(integration({ health: 'paused', paused }), undefined, NOW)).toEqual([
    { key: 'pausedFor', ms: MINUTE_MS, by: 'ana', reason: 'chamado 12' },
  ])
})

test('one that comes back says how many it gets at a time', () => {
  const recovery = { phase: 'ramp' as const, window: 8, nextAt: ago(0) }
  const facts = describeHealth(
    integration({ health: 'recovering', counts: backlog, recovery }),
    undefined,
    NOW,
  )
  expect(facts).toEqual([{ key: 'recovering' }, { key: 'window', count: 8 }, { key: 'waiting', count: 37 }])
})

test('what a system has rejected is said apart: it does not wait, it needs action', () => {
  const counts = { ...backlog, waiting: 0, delivering: 0, retrying: 0, parked: 0, rejected: 3 }
  const healthy = integration({ counts, lastSuccessAt: ago(5000) })
  expect(describeHealth(healthy, undefined, NOW)).toEqual([
    { key: 'lastSuccess', ms: 5000 },
    { key: 'rejected', count: 3 },
  ])
  expect(waitingCount(healthy)).toBe(0)
})

test('one that has never been called is idle, and one that fails says since when', () => {
  expect(describeHealth(integration(), undefined, NOW)).toEqual([{ key: 'idle' }])
  expect(describeHealth(integration({ health: 'failing' }), NOW - 3000, NOW)).toEqual([
    { key: 'failing', ms: 3000 },
  ])
})
