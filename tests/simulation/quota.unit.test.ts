import { runQuota, type Driver } from './run-quota.ts'

const DRIVERS: Driver[] = ['push', 'recovery', 'redrive']

describe.each(DRIVERS)('c25, row 48: a backlog of 600 by %s into a quota of 10 a second', (driver) => {
  test.each([['1'], [undefined], ['3'], ['0']])(
    'answers 429 with Retry-After %s: at most 1.6 times the ideal time, at most 1.5 calls a delivery',
    async (retryAfter) => {
      const result = await runQuota({
        driver,
        centers: 600,
        quota: 10,
        ...(retryAfter === undefined ? {} : { retryAfter }),
      })
      expect(result.ratio).toBeGreaterThanOrEqual(1)
      expect(result.ratio).toBeLessThanOrEqual(1.6)
      expect(result.callsPerDelivery).toBeLessThanOrEqual(1.5)
    },
  )

  test.each([
    [1, 200],
    [3, 300],
    [50, 1_000],
  ])('a quota of %d a second is met as well', async (quota, centers) => {
    const result = await runQuota({ driver, centers, quota, retryAfter: '1' })
    expect(result.ratio).toBeLessThanOrEqual(1.6)
    expect(result.callsPerDelivery).toBeLessThanOrEqual(1.5)
  })

  test('a system without a quota gets it at full speed', async () => {
    const { seconds, calls } = await runQuota({ driver, centers: 600 })
    expect(calls).toBe(600)
    // Pushes are bounded by 32 calls of 20 ms at once, the others by their rate of 200 a second, from one at a time on.
    expect(seconds).toBeLessThanOrEqual(driver === 'push' ? 0.5 : 5)
  })

  test('max_rate_per_second is kept from the first call on', async () => {
    const { seconds, calls } = await runQuota({ driver, centers: 600, quota: 21, ratePerSecondMax: 20 })
    expect(calls).toBe(600)
    expect(seconds).toBeGreaterThan(29)
    expect(seconds).toBeLessThan(35)
  })
})

test.each<[Driver]>([['push'], ['recovery']])(
  'row 48: on Google Cloud one instance meets a quota of 10 a second as well, by %s',
  async (driver) => {
    const result = await runQuota({ driver, centers: 600, quota: 10, cloud: true })
    expect(result.ratio).toBeLessThanOrEqual(1.6)
    expect(result.callsPerDelivery).toBeLessThanOrEqual(1.5)
  },
)
