import { afterIdle, type RecoveryState } from './next-window.ts'
import type { IntegrationState } from './ports.ts'
import { createSendWindow } from './send-window.ts'
import { blankRow, type DeliveryRow } from './delivery-row.ts'
import { createSweep, recoveryNews } from './sweep.ts'

const recovery = { minIntervalMs: 100, maxIntervalMs: 1000, windowMax: 10, ratePerSecond: 100 }
const settings = {
  name: 'dmitri',
  retry: { minBackoffMs: 10, maxBackoffMs: 100, attemptsMax: 5 },
  recovery,
  concurrencyMax: 1,
}
const clock = { now: () => 5000, monotonic: () => 0, sleep: async () => {} }
const canary: RecoveryState = { phase: 'canary', gapMs: 100, nextAt: 0, since: 0 }
const ramp: RecoveryState = { phase: 'ramp', window: 8, nextAt: 1000, since: 0 }

const sweepWith = (sweepEvents: () => Promise<never>, recovered: string[]) =>
  createSweep({
    integrations: [settings],
    states: {
      read: async (): Promise<IntegrationState | undefined> => undefined,
      write: async () => {},
    },
    sweepEvents,
    recover: async ({ name }) => {
      recovered.push(name)
      return { state: canary, succeeded: 0, failed: 1 }
    },
    clock,
  })

test('a broker that is away keeps no backlog from coming back, and the sweep still says so', async () => {
  const recovered: string[] = []
  const sweep = sweepWith(() => Promise.reject(new Error('broker away')), recovered)
  await expect(sweep(1000)).rejects.toThrow('broker away')
  expect(recovered).toEqual(['dmitri'])
})

test('a ramp that was idle for longer than the longest gap begins again with a canary', () => {
  expect(afterIdle(ramp, 2000, recovery)).toBe(ramp)
  expect(afterIdle(ramp, 2001, recovery)).toMatchObject({ phase: 'canary', nextAt: 2001 })
})

test('people hear of the first canary that failed, and of the first success after it, once each', () => {
  expect(recoveryNews(undefined, canary)).toBe('down')
  expect(recoveryNews(canary, { ...canary, gapMs: 200 })).toBeUndefined()
  expect(recoveryNews(canary, ramp)).toBe('back')
  expect(recoveryNews(ramp, ramp)).toBeUndefined()
})

const sendOne = async (row: DeliveryRow, handOver: Parameters<typeof createSendWindow>[0]['handOver']) => {
  const written: DeliveryRow[] = []
  const at = '2026-11-24T12:00:00.000Z'
  const center = {
    id: row.centerId,
    version: 1,
    createdAt: at,
    updatedAt: at,
    name: 'CD',
    taxId: '11222333000181',
  }
  const address = {
    street: 's',
    number: '1',
    district: 'd',
    city: 'c',
    cityCode: '1',
    state: 'SP',
    postalCode: '1',
  }
  const sendWindow = createSendWindow({
    centers: {
      read: async () => ({
        center: { ...center, address },
        requestId: 'r',
        traceparent: undefined,
        revision: '1',
      }),
    },
    ledger: {
      replace: async (changed) => {
        written.push(changed)
        return '2'
      },
    },
    clock,
    handOver,
  })
  const due = { row, revision: '1', ageMs: 0 }
  return { result: await sendWindow(settings, [{ centerId: row.centerId, due }]), written }
}

const parked: DeliveryRow = {
  ...blankRow({ integration: 'dmitri', centerId: 'a' }, 1, 't'),
  state: 'parked',
  dueAt: 0,
}

test('an endpoint that cannot be reached counts as a failure, and its row is not the first of the next window', async () => {
  const { result, written } = await sendOne(parked, () => Promise.reject(new Error('refused')))
  expect(result).toEqual({ succeeded: 0, failed: 1 })
  expect(written).toMatchObject([{ state: 'parked', dueAt: 6000 }])
})

test('a row under a lease is never written by the sweeper: that would renew the lease', async () => {
  const leased: DeliveryRow = { ...parked, state: 'delivering', dueAt: 0 }
  const { written } = await sendOne(leased, async () => ({ ack: false, result: 'held' }))
  expect(written).toEqual([])
})
