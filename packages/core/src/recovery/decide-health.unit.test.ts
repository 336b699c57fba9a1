import { decideHealth } from './decide-health.ts'
import type { IntegrationState } from '../model/integration-state.ts'

const ramp = { phase: 'ramp', window: 4, nextAt: 0, since: 100 } as const
const failedCanary = { phase: 'canary', gapMs: 50, nextAt: 0, since: 100 } as const
const freshCanary = { phase: 'canary', gapMs: 0, nextAt: 0, since: 100 } as const

test.each<[string, string, IntegrationState, { ok?: number; bad?: number; parked?: number }]>([
  ['nothing has happened', 'healthy', {}, {}],
  ['it answers', 'healthy', { recovery: ramp }, { ok: 200, bad: 100 }],
  ['the newest attempt failed', 'failing', {}, { ok: 100, bad: 200 }],
  [
    'it has failed for so long that people were told',
    'down',
    { outage: { failingSince: 1, reportedAt: 150 } },
    { ok: 100, bad: 200 },
  ],
  [
    'it is back before the next count',
    'healthy',
    { outage: { failingSince: 1, reportedAt: 150 } },
    { ok: 300, bad: 200 },
  ],
  ['it has never answered', 'failing', { recovery: freshCanary }, { bad: 200, parked: 1 }],
  ['a canary failed', 'down', { recovery: failedCanary }, { ok: 90, bad: 200, parked: 3 }],
  ['it has answered since the canary failed', 'healthy', { recovery: failedCanary }, { ok: 300, bad: 200 }],
  ['it answers and has a backlog', 'recovering', { recovery: ramp }, { ok: 300, bad: 200, parked: 3 }],
  ['the backlog fails again', 'failing', { recovery: ramp }, { ok: 200, bad: 300, parked: 3 }],
  [
    'a person paused it',
    'paused',
    { recovery: failedCanary, paused: { by: 'a', at: 1, reason: 'b' } },
    { bad: 1 },
  ],
])('%s: %s', (_name, expected, state, { ok, bad, parked = 0 }) => {
  const stats = {
    counts: { parked },
    ...(ok === undefined ? {} : { lastSuccessAt: ok }),
    ...(bad === undefined ? {} : { lastPassingFailureAt: bad }),
  }
  expect(decideHealth({ state, stats })).toBe(expected)
})
