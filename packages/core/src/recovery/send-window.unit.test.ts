import { setImmediate as immediate } from 'node:timers/promises'
import { LEASE_MS } from '../model/budget.ts'
import type { DeliveryRow } from '../model/delivery-row.ts'
import { createSendWindow } from './send-window.ts'
import { centerOf, createTestClock, NOW, rowIn, SETTINGS } from '../testing/samples.ts'

const { retry } = SETTINGS
const settings = { ...SETTINGS, recovery: { ...SETTINGS.recovery, maxIntervalMs: 1_000 } }
type HandOver = Parameters<typeof createSendWindow>[0]['handOver']

const setUp = (handOver: HandOver, clock = createTestClock()) => {
  const written: DeliveryRow[] = []
  const reads: string[] = []
  const sendWindow = createSendWindow({
    clock,
    handOver,
    centers: {
      read: async (centerId) => {
        reads.push(centerId)
        return { center: centerOf(1, centerId), requestId: 'r', traceparent: undefined, revision: '1' }
      },
    },
    ledger: {
      replace: async (changed) => {
        written.push(changed)
        return '2'
      },
    },
  })
  const sendOne = (row: DeliveryRow) =>
    sendWindow(settings, [{ centerId: row.centerId, due: { row, revision: '1', ageMs: 0 } }], 1)
  return { clock, written, reads, sendWindow, sendOne }
}
const held: HandOver = async () => ({ ack: false, result: 'held' })

test('an endpoint that cannot be reached counts as a failure, and its row is not the first of the next window', async () => {
  const { sendOne, written } = setUp(() => Promise.reject(new Error('refused')))
  expect(await sendOne(rowIn('parked', { dueAt: NOW }))).toEqual({ succeeded: 0, failed: 1, untried: [] })
  expect(written).toMatchObject([{ state: 'parked', dueAt: NOW + 1_000 }])
})

test('a row under a lease is never written by the sweeper: that would renew the lease', async () => {
  const { sendOne, written } = setUp(held)
  await sendOne(rowIn('delivering', { dueAt: NOW }))
  expect(written).toEqual([])
})

test('at its deadline a window begins nothing, and asks for nothing any more', async () => {
  const { sendWindow, reads, written } = setUp(() => Promise.reject(new Error('called')))
  const candidates = [{ centerId: 'a' }, { centerId: 'b' }]
  expect(await sendWindow(settings, candidates, 0)).toEqual({ succeeded: 0, failed: 0, untried: candidates })
  expect([reads, written]).toEqual([[], []])
})

test('a window is spread over the time that the rate gives it', async () => {
  const sent: string[] = []
  const { clock, sendWindow } = setUp(
    async (_name, { subject }) => {
      sent.push(subject)
      return { ack: true, result: 'delivered' }
    },
    createTestClock({ manual: true }),
  )
  const paced = { ...settings, recovery: { ...settings.recovery, ratePerSecond: 10 } }
  const window = sendWindow(paced, [{ centerId: 'a' }, { centerId: 'b' }, { centerId: 'c' }], 60_000)
  for (const count of [1, 2, 3]) {
    await immediate()
    expect(sent).toHaveLength(count)
    clock.advance(99)
    await immediate()
    expect(sent).toHaveLength(count)
    clock.advance(1)
  }
  expect(await window).toMatchObject({ succeeded: 3 })
})

describe('a row that could not be tried', () => {
  test.each([
    ['the time that the downstream asked for', { notBefore: NOW + retry.maxBackoffMs }, retry.maxBackoffMs],
    ['the end of a doubt', { inDoubtMs: LEASE_MS }, LEASE_MS],
    ['the longest gap, where that is later', { notBefore: NOW + 999 }, 1_000],
  ])('waits for %s', async (_what, times, waitMs) => {
    const { sendOne, written } = setUp(held)
    await sendOne(rowIn('parked', { dueAt: NOW, ...times }))
    expect(written).toMatchObject([{ dueAt: NOW + waitMs }])
  })

  test.each([{ notBefore: NOW + retry.maxBackoffMs + 1 }, { notBefore: NOW + 365 * 86_400_000 }])(
    'row 45: does not wait for a time that nobody can have set: %o',
    async (times) => {
      const { sendOne, written } = setUp(held)
      await sendOne(rowIn('parked', { dueAt: NOW, ...times }))
      expect(written).toMatchObject([{ dueAt: NOW + 1_000 }])
    },
  )
})
