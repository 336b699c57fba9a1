import { createTraffic, peakRatePerSecond, startedPerSecond } from './traffic.ts'

describe('peakRatePerSecond', () => {
  test('nothing has no peak', () => {
    expect(peakRatePerSecond([])).toBe(0)
  })

  test('a burst across two calendar seconds counts as one', () => {
    expect(peakRatePerSecond([0, 900, 1000, 1100, 1899, 5000])).toBe(4)
  })

  test('two starts exactly one second apart are not in the same window', () => {
    expect(peakRatePerSecond([0, 1000])).toBe(1)
  })
})

describe('startedPerSecond', () => {
  test('nothing has no seconds', () => {
    expect(startedPerSecond([])).toEqual([])
  })

  test('seconds count from the first start, with zeros for the quiet ones', () => {
    expect(startedPerSecond([10_500, 10_900, 11_499, 11_500, 13_500])).toEqual([3, 1, 0, 1])
  })
})

describe('createTraffic', () => {
  test('requests of two centers overlap in the system but in neither center', () => {
    const traffic = createTraffic()
    const ends = [traffic.begin(0, 'a'), traffic.begin(0, 'b'), traffic.begin(0, undefined)]
    for (const end of ends) end()
    traffic.begin(1, 'a')
    expect(traffic.stats()).toMatchObject({ requests: 4, maxInFlight: 3, maxInFlightPerCenter: 1 })
  })

  test('two open requests of one center are seen', () => {
    const traffic = createTraffic()
    traffic.begin(0, 'a')
    traffic.begin(0, 'a')
    expect(traffic.stats().maxInFlightPerCenter).toBe(2)
  })

  test('a request that is ended twice ends once', () => {
    const traffic = createTraffic()
    const end = traffic.begin(0, 'a')
    traffic.begin(0, 'b')
    end()
    end()
    traffic.begin(1, 'c')
    expect(traffic.stats().maxInFlight).toBe(2)
  })
})
