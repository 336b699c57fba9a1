import { decideHealth } from './decide-health.ts'
import type { IntegrationState } from '../model/integration-state.ts'

const ramp = { phase: 'ramp', window: 4, nextAt: 0, since: 100 } as const
const failedCanary = { phase: 'canary', gapMs: 50, nextAt: 0, since: 100 } as const
const freshCanary = { phase: 'canary', gapMs: 0, nextAt: 0, since: 100 } as const

type Stats = { newest?: 'succeeded' | 'failed'; parked?: number; asOf?: number }

const NOW = 1_000
const YEAR = 365 * 86_400_000

test.each<[string, string, IntegrationState, Stats]>([
  ['nothing has happened', 'healthy', {}, {}],
  ['it answers', 'healthy', { recovery: ramp }, { newest: 'succeeded' }],
  ['the newest attempt failed', 'failing', {}, { newest: 'failed' }],
  [
    'it has failed for so long that people were told',
    'down',
    { outage: { failingSince: 1, reportedAt: 150 } },
    { newest: 'failed' },
  ],
  [
    'it is back before the next count',
    'healthy',
    { outage: { failingSince: 1, reportedAt: 150 } },
    { newest: 'succeeded' },
  ],
  ['it has never answered', 'failing', { recovery: freshCanary }, { newest: 'failed', parked: 1 }],
  ['a canary failed', 'down', { recovery: failedCanary }, { newest: 'failed', parked: 3 }],
  ['it has answered since the canary failed', 'healthy', { recovery: failedCanary }, { newest: 'succeeded' }],
  ['it answers and has a backlog', 'recovering', { recovery: ramp }, { newest: 'succeeded', parked: 3 }],
  ['the backlog fails again', 'failing', { recovery: ramp }, { newest: 'failed', parked: 3 }],
  [
    'a person paused it',
    'paused',
    { recovery: failedCanary, paused: { by: 'a', at: 1, reason: 'b' } },
    { newest: 'failed' },
  ],
  [
    'row 45: it has answered since a canary failed while the clock was a year ahead',
    'healthy',
    { recovery: { ...failedCanary, since: NOW + YEAR } },
    { newest: 'succeeded', asOf: NOW },
  ],
  [
    'a canary failed after the last count',
    'down',
    { recovery: failedCanary },
    { newest: 'succeeded', asOf: 99, parked: 1 },
  ],
  [
    'it has answered between the canary and the last count',
    'healthy',
    { recovery: failedCanary },
    { newest: 'succeeded', asOf: 101 },
  ],
])('%s: %s', (_name, expected, state, { newest, parked = 0, asOf }) => {
  const stats = {
    counts: { parked },
    ...(newest === undefined ? {} : { newestAttempt: newest }),
    ...(asOf === undefined ? {} : { asOf }),
  }
  expect(decideHealth({ state, stats }, NOW)).toBe(expected)
})
