import type { IntegrationState } from '../ports/index.ts'
import { createRateBudgets } from '../recovery/rate-budget.ts'
import { createRecover } from '../recovery/recover.ts'
import { createSweepEvents } from './sweep-events.ts'
import { createSweep } from './sweep.ts'
import {
  centerOf,
  createTestClock,
  createTestIds,
  createTestLedger,
  NOW,
  rowIn,
  SETTINGS,
} from '../testing/in-memory.ts'
import { createTestOutbox } from '../testing/open-events.ts'

const HOUR_MS = 3_600_000
const INTEGRATIONS = ['maas', 'dmitri'].map((name) => ({ ...SETTINGS, name }))

/** The whole sweeper, once a minute; dmitri was never given its messages, and is down until `backAt`. */
const setUp = (backAt: number) => {
  const clock = createTestClock()
  const ledger = createTestLedger(clock)
  const { outbox, open, add } = createTestOutbox()
  const states = new Map<string, IntegrationState>()
  const triedAt: number[] = []
  const sweep = createSweep({
    integrations: INTEGRATIONS,
    clock,
    ledger,
    states: {
      read: async (name) => states.get(name),
      writeRecovery: async (name, recovery) => void states.set(name, { ...states.get(name), recovery }),
      writePause: async () => {},
    },
    sweepEvents: createSweepEvents({
      outbox,
      ledger,
      clock,
      integrations: INTEGRATIONS,
      publisher: { publish: async () => {} },
    }),
    recover: createRecover({
      clock,
      ledger,
      ids: createTestIds(),
      budgets: createRateBudgets(clock),
      centers: {
        read: async (centerId) => ({
          center: centerOf(1, centerId),
          requestId: 'r',
          revision: '1',
          traceparent: undefined,
        }),
      },
      handOver: async (integration, { subject: centerId }) => {
        triedAt.push(clock.now())
        if (clock.now() < backAt) {
          const dueAt = clock.now() + SETTINGS.recovery.maxIntervalMs
          ledger.put({ ...rowIn('parked', { dueAt }), integration, centerId })
          return { ack: false, result: 'transient' }
        }
        ledger.put({ ...rowIn('delivered'), integration, centerId })
        return { ack: true, result: 'delivered' }
      },
    }),
  })
  const lack = (count: number) => {
    for (let index = 0; index < count; index++) {
      add(`c-${index}`)
      ledger.put({ ...rowIn('delivered'), integration: 'maas', centerId: `c-${index}` })
    }
  }
  const missing = async () => (await ledger.due('dmitri', Infinity, 1_000)).length + open.size
  const sweepUntil = async (end: number) => {
    for (let at = clock.now(); at < end && (await missing()) > 0; at += 60_000) {
      clock.advance(Math.max(0, at - clock.now()))
      await sweep(50_000)
    }
  }
  return { clock, missing, triedAt, lack, sweepUntil }
}

test('events that an integration lacks are all handed over soon after it is back, also after a long outage', async () => {
  const backAt = NOW + 12 * HOUR_MS
  const { clock, missing, triedAt, lack, sweepUntil } = setUp(backAt)
  lack(100)
  await sweepUntil(backAt + 2 * HOUR_MS)
  expect(await missing()).toBe(0)
  // The canary's longest gap with its jitter, and some sweeps to hand over and to close.
  expect(clock.now() - backAt).toBeLessThanOrEqual(1.2 * SETTINGS.recovery.maxIntervalMs + 10 * 60_000)
  // While it was down, no herd: a canary at a time, ten minutes apart.
  expect(triedAt.filter((at) => at < backAt).length).toBeLessThan(90)
})
