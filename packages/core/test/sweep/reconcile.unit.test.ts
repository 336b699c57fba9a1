import { composeSweeper } from '../../src/compose.ts'
import { createTestClock, createTestIds, NOW, rowIn, SETTINGS } from '../../src/testing/samples.ts'
import { createTestEngine } from '../support.ts'

const HOUR_MS = 3_600_000
const INTEGRATIONS = ['maas', 'dmitri'].map((name) => ({ ...SETTINGS, name }))

/** The whole sweeper, once a minute; dmitri was never given its messages, and is down until `backAt`. */
const setUp = (backAt: number) => {
  const clock = createTestClock()
  const { engine, put, putCenter, openEvent, openEvents } = createTestEngine({
    integrations: INTEGRATIONS,
    clock,
  })
  const { ledger } = engine
  const triedAt: number[] = []
  const sweep = composeSweeper(engine, {
    integrations: INTEGRATIONS,
    publisher: { publish: async () => {} },
    handOver: async (integration, { subject: centerId }) => {
      triedAt.push(clock.now())
      if (clock.now() < backAt) {
        const dueAt = clock.now() + SETTINGS.recovery.maxIntervalMs
        put({ ...rowIn('parked', { dueAt }), integration, centerId })
        return { ack: false, result: 'transient' }
      }
      put({ ...rowIn('delivered'), integration, centerId })
      return { ack: true, result: 'delivered' }
    },
    // Its backfill would bring them as well: here the open events do.
    maintenance: { intervalMs: 60_000, settleMs: Number.POSITIVE_INFINITY, retireAfterMs: HOUR_MS },
    observe: () => {},
    clock,
    ids: createTestIds(),
  })
  const lack = (count: number) => {
    for (let index = 0; index < count; index++) {
      putCenter(`c-${index}`)
      openEvent(`c-${index}`)
      put({ ...rowIn('delivered'), integration: 'maas', centerId: `c-${index}` })
    }
  }
  const everything = { now: Number.POSITIVE_INFINITY, latest: Number.POSITIVE_INFINITY }
  const missing = async () => (await ledger.due('dmitri', everything, 1_000)).length + openEvents().size
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
