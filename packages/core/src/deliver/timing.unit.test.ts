import { IntegrationPolicy } from '@mensageria/contracts'
import { backoffMs, horizonHours } from './backoff.ts'
import {
  ACK_DEADLINE_MS,
  CALL_MS,
  HANDLER_MS,
  LATEST_CALL_START_MS,
  LEASE_MS,
  PLACE_MS,
} from '../model/budget.ts'
import { retryAfterMs } from './retry-after.ts'
import { toSettings } from '../model/settings.ts'
import { isInScope } from '../search/matches.ts'
import { NOW, SETTINGS } from '../testing/samples.ts'

describe('the budget of one push', () => {
  test('ends each step before the next larger one', () => {
    const steps = [CALL_MS, HANDLER_MS, ACK_DEADLINE_MS, LEASE_MS]
    expect(steps).toEqual([30_000, 45_000, 60_000, 75_000])
    expect(PLACE_MS + CALL_MS + 7_000).toBeLessThanOrEqual(HANDLER_MS)
    expect(LATEST_CALL_START_MS + CALL_MS).toBeLessThanOrEqual(LEASE_MS)
  })
})

describe('the backoff of the broker', () => {
  test('doubles from the shortest to the longest wait', () => {
    const waits = [0, 1, 2, 3, 6, 7, 8, 100, 1_000_000].map((attempt) => backoffMs(SETTINGS.retry, attempt))
    expect(waits).toEqual([10_000, 10_000, 20_000, 40_000, 320_000, 600_000, 600_000, 600_000, 600_000])
  })

  test('of 10 s to 600 s with 100 attempts gives up after 15.7 h', () => {
    expect(horizonHours(SETTINGS.retry)).toBeCloseTo(15.675, 3)
  })

  test('has one wait less than attempts', () => {
    expect(horizonHours({ minBackoffMs: 3_600_000, maxBackoffMs: 3_600_000, attemptsMax: 5 })).toBe(4)
  })
})

describe('a Retry-After header', () => {
  const inSeconds = (seconds: number) => new Date(NOW + seconds * 1_000).toUTCString()

  test.each([
    ['0', 0],
    ['120', 120_000],
    [' 5 ', 5_000],
    ['86400', 600_000],
    ['9'.repeat(400), 600_000],
    [inSeconds(30), 30_000],
    [inSeconds(-30), 0],
    [inSeconds(86_400), 600_000],
    ['Fri, 31 Dec 9999 23:59:59 GMT', 600_000],
  ])('%s is a wait of %i ms', (header, expected) => {
    expect(retryAfterMs(header, NOW, 600_000)).toBe(expected)
  })

  test.each([
    undefined,
    '',
    '-1',
    '1.5',
    '1e3',
    '0x10',
    'soon',
    'NaN',
    'Infinity',
    '2026-11-20T12:00:00Z',
    '5 s',
  ])('%p is none', (header) => {
    expect(retryAfterMs(header, NOW, 600_000)).toBeUndefined()
  })
})

describe('the settings of an integration', () => {
  const gaps = { minIntervalMs: 2_000, maxIntervalMs: 30_000 }

  test('come from its row of the integrations file, in milliseconds', () => {
    expect(toSettings('maas', IntegrationPolicy.parse({}), gaps)).toEqual({
      name: 'maas',
      displayName: 'Maas',
      retry: { minBackoffMs: 10_000, maxBackoffMs: 600_000, attemptsMax: 100 },
      recovery: { minIntervalMs: 2_000, maxIntervalMs: 30_000, windowMax: 100, ratePerSecond: 200 },
      concurrencyMax: 32,
    })
  })

  test('hold its since as a time, from which on centers are its own', () => {
    const policy = IntegrationPolicy.parse({ since: '2026-11-20T12:00:00Z' })
    const settings = toSettings('maas', policy, gaps)
    expect(settings.since).toBe(NOW)
    expect([NOW - 1, NOW, NOW + 1].map((createdAt) => isInScope(settings, createdAt))).toEqual([
      false,
      true,
      true,
    ])
    expect(isInScope(SETTINGS, 0)).toBe(true)
  })
})
