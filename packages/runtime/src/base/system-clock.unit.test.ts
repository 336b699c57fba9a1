import { createSystemClock } from './system-clock.ts'
import { createSystemIds } from './system-ids.ts'

describe('createSystemClock', () => {
  test('a sleep resolves while the process lives, and never early', async () => {
    const clock = createSystemClock()
    const before = clock.monotonic()
    const keepAlive = setInterval(() => undefined, 1000)
    await clock.sleep(5)
    clearInterval(keepAlive)
    expect(clock.monotonic() - before).toBeGreaterThanOrEqual(4)
  })

  test('now is the time of day in milliseconds', () => {
    expect(Math.abs(createSystemClock().now() - Date.now())).toBeLessThan(1000)
  })
})

describe('createSystemIds', () => {
  test('ids and trace contexts are well formed and never the same', () => {
    const ids = createSystemIds()
    expect(ids.next()).toMatch(/^[0-9a-f-]{36}$/)
    expect(ids.next()).not.toBe(ids.next())
    expect(ids.traceparent()).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
    expect(ids.traceparent()).not.toBe(ids.traceparent())
    expect(ids.digest('a')).toMatch(/^ca978112ca1bbdcafac2/)
  })

  test('random is in 0..1', () => {
    const value = createSystemIds().random()
    expect(value).toBeGreaterThanOrEqual(0)
    expect(value).toBeLessThan(1)
  })
})
