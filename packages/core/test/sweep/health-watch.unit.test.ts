import { createHealthWatch } from '../../src/sweep/health-watch.ts'
import { createTestClock, KEY, NOW } from '../../src/testing/samples.ts'
import type { RecoveryState } from '../../src/model/recovery-state.ts'
import type { SweepNotice } from '../../src/sweep/sweep-notice.ts'
import { createTestEngine } from '../support.ts'

const RAMP: RecoveryState = { phase: 'ramp', window: 1, nextAt: NOW, since: NOW }
const FAILED_CANARY: RecoveryState = { phase: 'canary', gapMs: 60_000, nextAt: NOW, since: NOW }

/** A watch over an integration whose newest attempts end as said. */
const createPart = (newestAttempt: 'succeeded' | 'failed') => {
  const clock = createTestClock()
  const { engine } = createTestEngine({ clock })
  const told: string[] = []
  const counts = { waiting: 0, delivering: 0, retrying: 0, parked: 0, rejected: 0, delivered: 0 }
  const watch = createHealthWatch({
    integrations: [{ name: KEY.integration }],
    states: engine.states,
    stats: { ofIntegration: async () => ({ counts, newestAttempt }) },
    clock,
    observe: (notice: SweepNotice) => told.push(notice.notice),
  })
  const outage = async () => (await engine.states.read(KEY.integration))?.outage
  return { watch, engine, told, outage }
}

test('an integration that is back is told once, although its recovery and its newest attempts say so in one sweep', async () => {
  const { watch, engine, told, outage } = createPart('succeeded')
  await engine.states.write(KEY.integration, 'outage', { failingSince: 1, reportedAt: 2 })
  await Promise.all([
    watch.seeRecovery(KEY.integration, { recovery: FAILED_CANARY }, RAMP),
    watch.seeStats(),
    watch.seeRecovery(KEY.integration, { recovery: FAILED_CANARY }, RAMP),
  ])
  expect(told).toEqual(['integration.back'])
  expect(await outage()).toBeUndefined()
})

test('one that is down is told once, although its recovery and its newest attempts say so in one sweep', async () => {
  const { watch, engine, told, outage } = createPart('failed')
  await engine.states.write(KEY.integration, 'outage', { failingSince: NOW - 600_000 })
  await Promise.all([watch.seeStats(), watch.seeRecovery(KEY.integration, { recovery: RAMP }, FAILED_CANARY)])
  expect(told).toEqual(['integration.down'])
  expect(await outage()).toEqual({ failingSince: NOW - 600_000, reportedAt: NOW })
})
